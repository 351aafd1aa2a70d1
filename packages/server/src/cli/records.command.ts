import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { DAY } from '../clock.js';
import { erasePatient, expireAudit, expireRecords, exportPatient } from '../domain/records.js';
import { StoreUnavailableError, type Store } from '../store/store.js';
import {
  counted,
  pastInstant,
  UsageError,
  withStore,
  type Command,
  type CommandContext,
  type ExitCode,
} from './command.js';

/** `export <patient id> [--out file]` */
export const exportRecords: Command = async (args, context) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { out: { type: 'string' } },
    allowPositionals: true,
  });
  const patient = patientIn(positionals, 'export');
  const found = await withStore(context, (store) => exportPatient({ store, clock: context.clock }, patient));
  if (found === undefined) return nobody(patient, context);
  const text = JSON.stringify(found, undefined, 2);
  if (values.out === undefined) context.out(text);
  // A file that is there keeps its content, and the rights that it has may be wrong.
  else await writeFile(values.out, `${text}\n`, { mode: 0o600, flag: 'wx', flush: true });
  return 0;
};

/** `erase <patient id> --yes` */
export const erase: Command = async (args, context) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { yes: { type: 'boolean' } },
    allowPositionals: true,
  });
  const patient = patientIn(positionals, 'erase');
  if (values.yes !== true) throw new UsageError('Nothing brings back what is erased: say so with --yes.');
  return withStore(context, async (store) => {
    const erasure = await erasePatient({ store, clock: context.clock }, patient);
    if (erasure === undefined) return nobody(patient, context);
    if (erasure === 'provider') {
      context.err(`${patient} is a provider, whom the records of patients name. Only a patient is erased.`);
      return 1;
    }
    const { bookings, cancelled } = erasure;
    context.out(
      `${patient} is erased, with what ${counted(bookings, 'booking')} held; ${cancelled} of them cancelled.`,
    );
    return compact(store, context);
  });
};

/** `retain --before <instant> --audit-before <instant> --yes` */
export const retain: Command = async (args, context) => {
  const instant = { type: 'string' } as const;
  const options = { before: instant, 'audit-before': instant, yes: { type: 'boolean' } } as const;
  const { values } = parseArgs({ args: [...args], options });
  const now = context.clock.now();
  const before = values.before === undefined ? undefined : pastInstant('--before', values.before, now);
  const auditBefore =
    values['audit-before'] === undefined ? undefined : pastInstant('--audit-before', values['audit-before'], now);
  if (before === undefined && auditBefore === undefined)
    throw new UsageError('retain needs --before, --audit-before or both.');
  if (before !== undefined && before > now - DAY) {
    throw new UsageError('--before must be a day ago or more: what is younger may still be going on.');
  }
  if (values.yes !== true) throw new UsageError('Nothing brings back what is removed: say so with --yes.');
  return withStore(context, async (store) => {
    const records = { store, clock: context.clock };
    if (before !== undefined) {
      const expired = await expireRecords(records, before);
      context.out(`The content of ${counted(expired, 'booking')} is removed.`);
    }
    if (auditBefore !== undefined) {
      const anchor = await expireAudit(records, auditBefore);
      if (anchor === undefined) context.out('The audit trail has nothing that is as old.');
      else context.out(`The audit trail is removed up to its entry ${anchor.seq}:${anchor.hash}.`);
    }
    return compact(store, context);
  });
};

/** What is deleted is out of the files only after this. */
async function compact(store: Store, { err }: CommandContext): Promise<ExitCode> {
  try {
    await store.compact();
    return 0;
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
    err('It is removed, but the files could not be written anew: remains of it may be in them. Do this again.');
    err(error.cause instanceof Error ? error.cause.message : error.message);
    return 1;
  }
}

function patientIn(positionals: readonly string[], command: string): string {
  const [patient, ...more] = positionals;
  if (patient === undefined || patient === '' || more.length > 0)
    throw new UsageError(`${command} needs the id of one patient.`);
  return patient;
}

function nobody(patient: string, { err }: CommandContext): ExitCode {
  err(`Nobody here has the id ${JSON.stringify(patient)}.`);
  return 1;
}
