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
    ['Write to mailto:care@clinic.example.', ['mailto:care@clinic.example']],
    ['mailto:care@clinic.example?bcc=evil@evil.example', []],
    ['mailto:', []],
    ['Call tel:+44-20-7946-0000, or tel:111.', ['tel:+44-20-7946-0000', 'tel:111']],
    ['tel:*#06#', []],
    ['sms:123 ftp://nhs.uk file:///etc/passwd', []],
    ['https://nhs.uk\u200B.evil.example', ['https://nhs.uk/']],
    ['https://nhs.uk\u3164.evil.example', ['https://nhs.uk/']],
    ['https://nhs.uk\u2800evil', ['https://nhs.uk/']],
    ['https://nhs.uk\uFF20evil.example', []],
  ];

  const hosts: readonly (readonly [string, string | undefined])[] = [
    ['https://nhs.uk/a', undefined],
    ['https://NHS.uk:443/a', undefined],
    ['https://nhs.uk:8443/a', undefined],
    // The first letter is Cyrillic.
    ['https://\u0430pple.com/', 'xn--pple-43d.com'],
    ['https://m\u00FCnchen.de', 'xn--mnchen-3ya.de'],
    ['https://nhs.uk\u2044login.evil.example', 'nhs.xn--uklogin-2d7c.evil.example'],
    ['https://%65vil.example/', 'evil.example'],
    ['https://nhs\u3002uk/', 'nhs.uk'],
    ['https://0x7f.1/', '127.0.0.1'],
    ['https://nhs.uk\\@evil.example/', undefined],
  ];
  for (const [text, expected] of hosts) {
    it(`says ${expected ?? 'nothing'} of where ${JSON.stringify(text)} leads`, () => {
      const [part] = linkify(text);
      const shown = new URL(part && 'href' in part ? part.href : 'https://nhs.uk').host;
      expect(part && 'href' in part ? part.host : undefined).to.equal(expected);
      if (expected === undefined) expect(text.toLowerCase()).to.contain(shown);
    });
  }

  for (const [text, expected] of addresses) {
    it(`finds ${expected.length === 0 ? 'nothing' : expected.join(' and ')} in ${JSON.stringify(text)}`, () => {
      expect(hrefs(text)).to.deep.equal(expected);
    });
    it(`loses nothing of ${JSON.stringify(text)}`, () => {
      expect(joined(text)).to.equal(text);
    });
  }
});
