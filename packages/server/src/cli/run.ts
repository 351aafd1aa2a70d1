import { StoreUnavailableError } from '../store/store.js';
import { audit } from './audit.command.js';
import { UsageError, type Command, type CommandContext, type ExitCode } from './command.js';
import { HELP } from './help.js';
import { erase, exportRecords, retain } from './records.command.js';

const help: Command = async (_, { out }) => {
  out(HELP);
  return 0;
};

const commands = new Map<string | undefined, Command>([
  ['audit', audit],
  ['export', exportRecords],
  ['erase', erase],
  ['retain', retain],
  ['help', help],
  ['--help', help],
  ['-h', help],
]);

/** Runs one command of the command line. What goes wrong is said, and never thrown. */
export async function runCommand(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const [name, ...rest] = args;
  try {
    const command = commands.get(name);
    if (command === undefined) throw new UsageError(`There is no command ${JSON.stringify(name)}.`);
    return await command(rest, context);
  } catch (error) {
    const isUsage = error instanceof UsageError || isParseArgsError(error);
    context.err(`active-session-server: ${messageOf(error)}`);
    if (isUsage) context.err('"active-session-server help" says how it is used.');
    return isUsage ? 2 : 1;
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause =
    error instanceof StoreUnavailableError && error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return error.message + cause;
}

function isParseArgsError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
