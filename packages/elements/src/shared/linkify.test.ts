import { expect } from '@open-wc/testing';
import { linkify } from './linkify.js';

const hrefs = (text: string): string[] => linkify(text).flatMap((part) => ('href' in part ? [part.href] : []));
const joined = (text: string): string =>
  linkify(text)
    .map(({ text: own }) => own)
    .join('');

describe('linkify', () => {
  const addresses: readonly (readonly [string, readonly string[]])[] = [
    ['See https://nhs.uk/a.', ['https://nhs.uk/a']],
    ['(https://nhs.uk/a)', ['https://nhs.uk/a']],
    ['https://en.wikipedia.org/wiki/Neck_(anatomy)', ['https://en.wikipedia.org/wiki/Neck_(anatomy)']],
    ['HTTP://nhs.uk, https://nhs.uk?', ['http://nhs.uk/', 'https://nhs.uk/']],
    ['https://nhs.uk/a\nhttps://nhs.uk/b', ['https://nhs.uk/a', 'https://nhs.uk/b']],
    ['javascript:alert(1)', []],
    ['data:text/html,<script>alert(1)</script>', []],
    ['xhttps://nhs.uk', []],
    ['https://', []],
    ['https://clinic.org@evil.example/', []],
    ['https://clinic.org:pw@evil.example/', []],
    ['https://nhs.uk/"onmouseover="alert(1)', ['https://nhs.uk/']],
    ['https://nhs.uk/\u202Egpj.exe', ['https://nhs.uk/']],
    ['plain text', []],
  ];

  for (const [text, expected] of addresses) {
    it(`finds ${expected.length === 0 ? 'nothing' : expected.join(' and ')} in ${JSON.stringify(text)}`, () => {
      expect(hrefs(text)).to.deep.equal(expected);
    });
    it(`loses nothing of ${JSON.stringify(text)}`, () => {
      expect(joined(text)).to.equal(text);
    });
  }
});
