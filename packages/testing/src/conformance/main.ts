import { readArguments, USAGE } from './arguments.js';
import { checkBackend } from './check.js';
import { UsageError } from './options.js';
import { printed } from './report.js';

export interface Terminal {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const TERMINAL: Terminal = {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
  env: process.env,
};

/** The command. Resolves to its exit code: 0 all that is offered holds, 1 it does not, 2 nothing could be found out. */
export async function main(argv: readonly string[], { out, error, env }: Terminal = TERMINAL): Promise<0 | 1 | 2> {
  try {
    const found = readArguments(argv, env);
    if (found === null) {
      out(USAGE);
      return 0;
    }
    const report = await checkBackend(found.options);
    out(found.json ? `${JSON.stringify(report, null, 2)}\n` : printed(report));
    return report.passed ? 0 : 1;
  } catch (thrown) {
    if (!(thrown instanceof UsageError)) throw thrown;
    error(`${thrown.message}\n\n${USAGE}`);
    return 2;
  }
}
