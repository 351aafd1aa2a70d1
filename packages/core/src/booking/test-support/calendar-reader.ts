/** One `BEGIN` … `END` of a calendar file: its lines as name and value, as they are written, and what is inside it. */
export interface Component {
  readonly name: string;
  readonly lines: readonly (readonly [string, string])[];
  readonly inside: readonly Component[];
}

/** Reads a calendar file as strictly as RFC 5545 is written. @throws Error where it is not such a file */
export function readCalendar(file: string): Component {
  for (const line of physicalLines(file)) {
    const octets = new TextEncoder().encode(line).length;
    if (octets > 75) throw new Error(`A line of ${octets} octets.`);
    if (line === '' || line === ' ') throw new Error('A line with nothing on it.');
    if (new TextDecoder().decode(new TextEncoder().encode(line)) !== line) throw new Error('Half a character.');
  }
  const lines = file.slice(0, -2).replaceAll('\r\n ', '').split('\r\n').map(nameAndValue);
  const [first, ...rest] = lines;
  if (first?.[0] !== 'BEGIN') throw new Error('It does not begin.');
  const { component, left } = readComponent(first[1], rest);
  if (left.length > 0) throw new Error('Something comes after the end.');
  return component;
}

/** The one value of that name. @throws Error where there is none or more than one */
export function valueOf({ lines, name: of }: Component, name: string): string {
  const [found, ...more] = lines.filter(([own]) => own === name);
  if (found === undefined || more.length > 0) throw new Error(`${of} has ${more.length} more ${name} than one.`);
  return found[1];
}

/** A value of type TEXT as somebody meant it. @throws Error where it is none */
export function textOf(value: string): string {
  if (/(?<!\\)(?:\\\\)*[,;]/.test(value)) throw new Error('A separator in a text.');
  return value.replaceAll(/\\(.?)/gs, (_all, next: string) => {
    if (next === 'n' || next === 'N') return '\n';
    if (next === '\\' || next === ',' || next === ';') return next;
    throw new Error(`An escape that is none: \\${next}`);
  });
}

function physicalLines(file: string): readonly string[] {
  if (!file.endsWith('\r\n')) throw new Error('Its last line does not end.');
  const lines = file.slice(0, -2).split('\r\n');
  // eslint-disable-next-line no-control-regex -- what no line may contain
  if (lines.some((line) => /[\x00-\x08\x0a-\x1f\x7f\x85\u2028\u2029]/.test(line))) throw new Error('A bare line end.');
  return lines;
}

function nameAndValue(line: string): readonly [string, string] {
  const found = /^([A-Z]+(?:-[A-Z]+)*):([^]*)$/.exec(line);
  if (found === null) throw new Error(`No line of a calendar: ${line}`);
  return [found[1] ?? '', found[2] ?? ''];
}

function readComponent(
  name: string,
  given: readonly (readonly [string, string])[],
): { component: Component; left: readonly (readonly [string, string])[] } {
  const lines: (readonly [string, string])[] = [];
  const inside: Component[] = [];
  let left = given;
  for (;;) {
    const [line, ...rest] = left;
    if (line === undefined) throw new Error(`${name} does not end.`);
    left = rest;
    if (line[0] === 'END') {
      if (line[1] !== name) throw new Error(`${name} ends as ${line[1]}.`);
      return { component: { name, lines, inside }, left };
    }
    if (line[0] === 'BEGIN') {
      const read = readComponent(line[1], left);
      inside.push(read.component);
      left = read.left;
    } else lines.push(line);
  }
}
