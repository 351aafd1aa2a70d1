import type { RuleNumber } from '../contracts/rules.js';
import type { CapabilityName } from './capabilities.js';
import type { Offer } from './offers.js';
import type { Presence } from './wire.js';

export interface TestResult {
  readonly name: string;
  readonly rule?: RuleNumber;
  readonly state: 'holds' | 'broken' | 'not-checked';
  /** What was expected and seen, or why it could not be checked. */
  readonly because?: string;
  /** The operations that it takes and that are not offered. */
  readonly without?: readonly string[];
}

export interface CapabilityResult {
  readonly name: CapabilityName;
  readonly state: Offer | 'partly';
  /** The operations of it that are not offered, or not known to be. */
  readonly without: readonly string[];
}

export interface RuleResult {
  readonly rule: RuleNumber;
  readonly says: string;
  readonly state: 'holds' | 'broken' | 'not-checked' | 'page';
  readonly held: number;
  readonly broken: readonly TestResult[];
  readonly notChecked: readonly TestResult[];
}

/** What was found out about one backend. */
export interface ConformanceReport {
  readonly contract: string;
  readonly endpoint: string;
  /** Whether everything that it offers holds. */
  readonly passed: boolean;
  readonly capabilities: readonly CapabilityResult[];
  /** Not an operation, but in every answer: the server's clock, and why something was refused. */
  readonly answers: { readonly serverTime: Presence; readonly problemDetails: Presence };
  readonly rules: readonly RuleResult[];
  /** About the form of the contract. */
  readonly form: { readonly broken: readonly TestResult[]; readonly held: number; readonly faults: readonly string[] };
  /** What its team should know, though it breaks nothing. */
  readonly notes: readonly string[];
}

/** The report as a person reads it. */
export function printed(report: ConformanceReport): string {
  const lines = [
    `Active Session contract ${report.contract}, at ${report.endpoint}`,
    '',
    'What it offers',
    ...report.capabilities.map(capabilityLine),
    answerLine('the server’s time in its answers', report.answers.serverTime),
    answerLine('problem details of what it refuses', report.answers.problemDetails),
    '',
    'What it keeps',
    ...report.rules.flatMap(ruleLines),
    ...formLines(report),
    ...(report.notes.length === 0 ? [] : ['', 'To know', ...report.notes.map((note) => `  ${note}`)]),
    '',
    verdictLine(report),
  ];
  return `${lines.join('\n')}\n`;
}

function capabilityLine({ name, state, without }: CapabilityResult): string {
  switch (state) {
    case 'offered':
      return `  ✓ ${name}`;
    case 'missing':
      return `  – ${name}: missing`;
    case 'partly':
      return `  – ${name}: missing, without ${without.join(', ')}`;
    case 'unknown':
      return `  ? ${name}: not known`;
  }
}

function answerLine(name: string, presence: Presence): string {
  if (presence === 'offered') return `  ✓ ${name}`;
  return presence === 'missing' ? `  – ${name}: missing` : `  ✗ ${name}: in some answers, and not in others`;
}

function ruleLines({ rule, says, state, held, broken, notChecked }: RuleResult): readonly string[] {
  const title = `${String(rule).padStart(2)}  ${says}`;
  if (state === 'page') return [`  · ${title}`, '        kept by the page, whatever the backend is'];
  const mark = state === 'holds' ? '✓' : state === 'broken' ? '✗' : '·';
  return [
    `  ${mark} ${title}`,
    ...(held > 0 ? [`        ${held} ${held === 1 ? 'promise holds' : 'promises hold'}`] : []),
    ...broken.map(brokenLine),
    ...notCheckedLines(notChecked),
  ];
}

function notCheckedLines(results: readonly TestResult[]): readonly string[] {
  const without = new Set(results.flatMap((result) => result.without ?? []));
  const notOffered = results.filter((result) => result.without !== undefined).length;
  const others = results.filter((result) => result.without === undefined);
  return [
    ...reasons(others).map(([why, count]) => `        ${count} not checked: ${why}`),
    ...(notOffered > 0 ? [`        ${notOffered} not checked: it does not offer ${[...without].join(', ')}`] : []),
  ];
}

function formLines({ form: { broken, held, faults } }: ConformanceReport): readonly string[] {
  const mark = broken.length + faults.length === 0 ? '✓' : '✗';
  return [
    `  ${mark}     Its answers have the form of the contract.`,
    ...(held > 0 ? [`        ${held} ${held === 1 ? 'promise holds' : 'promises hold'}`] : []),
    ...broken.map(brokenLine),
    ...faults.map((fault) => `        ✗ ${fault}`),
  ];
}

function brokenLine({ name, because = '' }: TestResult): string {
  return `        ✗ ${name}\n            ${because}`;
}

function reasons(results: readonly TestResult[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { because = '' } of results) counts.set(because, (counts.get(because) ?? 0) + 1);
  return [...counts];
}

function verdictLine({ passed, rules, form, capabilities }: ConformanceReport): string {
  const broken = rules.reduce((sum, rule) => sum + rule.broken.length, 0) + form.broken.length + form.faults.length;
  const notChecked = rules.reduce((sum, rule) => sum + rule.notChecked.length, 0);
  const missing = capabilities.filter(({ state }) => state !== 'offered').length;
  const rest = [
    ...(missing > 0 ? [`${missing} of ${capabilities.length} capabilities missing`] : []),
    ...(notChecked > 0 ? [`${notChecked} promises not checked`] : []),
  ].join(', ');
  if (passed) return `Everything that it offers holds${rest === '' ? '.' : `; ${rest}.`}`;
  return broken === 0
    ? 'It can not be used: there is no active booking or there are no notes to read.'
    : `${broken} ${broken === 1 ? 'promise is' : 'promises are'} broken${rest === '' ? '.' : `; ${rest}.`}`;
}
