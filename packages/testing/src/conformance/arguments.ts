import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { UsageError, type ConformanceOptions, type Tokens } from './options.js';

export const USAGE = `active-session-conformance: holds a backend against the contract of Active Session.

  active-session-conformance --endpoint https://portal.test/api/session/v1 --tokens tokens.json

  --endpoint URL             where the contract's routes are
  --tokens FILE              JSON with the tokens of four test people:
                             { "patient", "provider", "stranger", "otherProvider" (optional) }
  --patient-token …          or each by itself; others on this machine may see a command line.
  --provider-token …         Or in the environment: ACTIVE_SESSION_PATIENT_TOKEN and so on.
  --stranger-token …         Another patient, who has nothing to do with the two.
  --other-provider-token …   Another provider, who has no booking with the patient.
  --provider-id ID           who is booked; by default the one whose token is given
  --fixtures URL             a test-only address that makes bookings at any time and moves the clock
  --fixtures-token …         its bearer token, or ACTIVE_SESSION_FIXTURES_TOKEN
  --only TEXT                just the promises with this text in their name
  --json                     the report as JSON

It books, writes and ends sessions as these people. Exit code: 0 when all that is offered holds, 1 when
something does not, 2 when nothing could be found out.
`;

export interface Arguments {
  readonly options: ConformanceOptions;
  readonly json: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Null: help was asked for. @throws UsageError */
export function readArguments(argv: readonly string[], env: Environment): Arguments | null {
  const values = parsed(argv);
  if (values.help === true) return null;
  const endpoint = values.endpoint ?? env['ACTIVE_SESSION_ENDPOINT'];
  const options: ConformanceOptions = {
    endpoint: addressIn('--endpoint', endpoint ?? missing('--endpoint')),
    tokens: tokensFrom(values, env),
    providerId: values['provider-id'],
    fixtures: values.fixtures === undefined ? undefined : addressIn('--fixtures', values.fixtures),
    only: values.only,
    fixturesToken: values['fixtures-token'] ?? env['ACTIVE_SESSION_FIXTURES_TOKEN'],
  };
  return { options, json: values.json === true };
}

const OPTIONS = {
  endpoint: { type: 'string' },
  tokens: { type: 'string' },
  'patient-token': { type: 'string' },
  'provider-token': { type: 'string' },
  'stranger-token': { type: 'string' },
  'other-provider-token': { type: 'string' },
  'provider-id': { type: 'string' },
  fixtures: { type: 'string' },
  'fixtures-token': { type: 'string' },
  only: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Values = ReturnType<typeof parsed>;

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, strict: true }).values;
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function tokensFrom(values: Values, env: Environment): Tokens {
  const inFile = values.tokens === undefined ? {} : readTokens(values.tokens);
  const find = (name: keyof Tokens, option: keyof Values, variable: string): string | undefined => {
    const [given, written] = [values[option], inFile[name]];
    return typeof given === 'string' ? given : typeof written === 'string' ? written : env[variable];
  };
  return {
    patient: find('patient', 'patient-token', 'ACTIVE_SESSION_PATIENT_TOKEN') ?? missing('--patient-token'),
    provider: find('provider', 'provider-token', 'ACTIVE_SESSION_PROVIDER_TOKEN') ?? missing('--provider-token'),
    stranger: find('stranger', 'stranger-token', 'ACTIVE_SESSION_STRANGER_TOKEN') ?? missing('--stranger-token'),
    otherProvider: find('otherProvider', 'other-provider-token', 'ACTIVE_SESSION_OTHER_PROVIDER_TOKEN'),
  };
}

function readTokens(file: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(readFileSync(file, 'utf8'))) as Record<string, unknown>;
  } catch (cause) {
    // The parser's own message quotes what stood there.
    throw new UsageError(`${file} can not be read as JSON.`, { cause });
  }
}

function addressIn(option: string, value: string): string {
  if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) return value;
  throw new UsageError(`${option} is no http address: ${value}`);
}

function missing(what: string): never {
  throw new UsageError(`${what} is missing.`);
}
