import { parseArgs } from 'node:util';
import { readHeads } from '../audit-heads.js';
import { verifyAudit, type AuditFault, type AuditReport } from '../domain/audit.js';
import type { AuditHead } from '../store/records.js';
import { counted, UsageError, withStore, type Command, type CommandContext } from './command.js';

/** `audit verify` and `audit head`. */
export const audit: Command = async (args, context) => {
  const [action, ...rest] = args;
  if (action === 'verify') return verify(rest, context);
  if (action === 'head') return head(rest, context);
  throw new UsageError('audit is followed by verify or head.');
};

const head: Command = async (args, context) => {
  parseArgs({ args: [...args], options: {}, allowPositionals: false });
  context.out(nameOf(await withStore(context, (store) => store.read((view) => view.audit.head()))));
  return 0;
};

const verify: Command = async (args, context) => {
  const several = { type: 'string', multiple: true, default: [] as string[] } as const;
  const { values } = parseArgs({ args: [...args], options: { head: several, 'head-file': several } });
  const published = values.head.map(headIn);
  for (const file of values['head-file']) published.push(...(await headsIn(file, context)));
  const report = await withStore(context, (store) => verifyAudit(store, published));
  tell(report, published, context);
  return report.fault === undefined ? 0 : 1;
};

function tell(
  { first, head: last, confirmed, beyond, fault }: AuditReport,
  published: readonly AuditHead[],
  context: CommandContext,
): void {
  if (fault !== undefined) {
    const highest = published.reduce((most, { seq }) => Math.max(most, seq), 0);
    context.out(`The audit trail is not as it was written. ${sentence(fault, highest)}`);
  } else if (last.seq < first) context.out('The audit trail is empty.');
  else context.out(`The audit trail is whole: entries ${first} to ${last.seq}. Its head is ${nameOf(last)}.`);
  if (confirmed > 0) context.out(`${counted(confirmed, 'published head agrees', 'published heads agree')} with it.`);
  if (beyond.length > 0) {
    const which = counted(beyond.length, 'published head is', 'published heads are');
    context.out(`${which} of entries that retention has removed since, and can't be checked any more.`);
  }
}

function sentence({ seq, what, after = 0 }: AuditFault, highest: number): string {
  switch (what) {
    case 'changed':
      return `Entry ${seq} was changed: what it says and its hash do not agree.`;
    case 'unchained':
      return `Entry ${seq} does not follow from entry ${seq - 1}: one of them was changed and hashed anew, or put there.`;
    case 'missing':
      return `Entry ${seq} is missing.`;
    case 'stray':
      return `Entry ${seq} has a number from before the beginning of the trail: it was put there.`;
    case 'unanchored':
      return `It begins after entry ${seq}, and no entry says that what came before was removed.`;
    case 'rewritten':
      return `Entry ${seq} was published with another hash: something after entry ${after}, up to this one, was written anew.`;
    case 'cut':
      return `Entry ${seq} is missing, with everything after it: entry ${highest} was published, so its end was cut off.`;
  }
}

function nameOf({ seq, hash }: AuditHead): string {
  return `${seq}:${hash}`;
}

function headIn(text: string): AuditHead {
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (seq === undefined || hash === undefined) {
    throw new UsageError(`--head must be what "audit head" prints, <number>:<hash>; it is ${JSON.stringify(text)}.`);
  }
  return { seq: Number(seq), hash };
}

async function headsIn(file: string, { err }: CommandContext): Promise<AuditHead[]> {
  const { heads, broken } = await readHeads(file);
  if (heads.length === 0) throw new Error(`There is no head in ${file}.`);
  if (broken.length > 0) err(`Passed over in ${file}, because no head is in it: line ${broken.join(', ')}.`);
  return heads;
}
