import { expect } from '@open-wc/testing';
import { replace } from '../test-support/replace.js';
import { countdown, countdownStep, Formats, sameClock, untilMore } from './formats.js';
import { regionalTag } from './language-tags.js';

const at = (iso: string): number => Date.parse(iso);
const NOW = at('2026-01-06T11:00:00.000Z');
const on = (day: string): string => `on ${day}`;

describe('Formats', () => {
  const london = new Formats('en-GB', 'Europe/London');

  it('says near days by their word and others by their date', () => {
    expect(london.when(at('2026-01-06T15:00:00.000Z'), NOW, on)).to.equal('today, 15:00');
    expect(london.when(at('2026-01-07T10:00:00.000Z'), NOW, on)).to.equal('tomorrow, 10:00');
    expect(london.when(at('2026-01-14T10:00:00.000Z'), NOW, on)).to.match(/^on Wednesday,? 14 January, 10:00$/);
  });

  it('goes by the day of the zone, not of the browser', () => {
    const tokyo = new Formats('en-GB', 'Asia/Tokyo');
    expect(tokyo.when(at('2026-01-06T16:00:00.000Z'), NOW, on)).to.equal('tomorrow, 01:00');
  });

  it('names the zone, and the one of summer in summer', () => {
    expect(london.timeWithZone(at('2026-01-07T10:00:00.000Z'))).to.equal('10:00 GMT');
    expect(london.timeWithZone(at('2026-07-07T09:00:00.000Z'))).to.equal('10:00 BST');
  });

  it('takes the browser’s zone for one it does not know', () => {
    expect(new Formats('en-GB', 'Mars/Olympus').timeZone).to.equal(Intl.DateTimeFormat().resolvedOptions().timeZone);
  });

  it('gives the time on another clock, with its weekday where it is another day there', () => {
    const [morning, night] = [at('2026-01-07T10:00:00.000Z'), at('2026-01-07T02:00:00.000Z')];
    expect(london.timeThere(morning, 'America/New_York')).to.equal('05:00 GMT-5');
    expect(london.timeThere(night, 'America/New_York')).to.match(/^Tue,? 21:00 GMT-5$/);
    expect(london.timeThere(at('2026-01-07T20:00:00.000Z'), 'Asia/Tokyo')).to.match(/^Thu,? 05:00 GMT\+9$/);
  });

  it('knows the hour of the day, midnight too', () => {
    expect(london.hour(at('2026-01-07T00:30:00.000Z'))).to.equal(0);
    expect(london.hour(at('2026-07-07T22:59:00.000Z'))).to.equal(23);
    expect(new Formats('ar-EG', 'Asia/Tokyo').hour(at('2026-01-07T00:30:00.000Z'))).to.equal(9);
  });

  it('gives durations in words', () => {
    expect(london.duration(24 * 60_000)).to.equal('24 minutes');
    expect(london.duration(65 * 60_000)).to.equal('1 hour, 5 minutes');
    expect(london.duration(10)).to.equal('1 minute');
  });

  it('shows a timer with hours only when there are some', () => {
    expect(london.timer(724_000)).to.equal('12:04');
    expect(london.timer(3_849_000)).to.equal('1:04:09');
    expect(london.timer(-5)).to.equal('0:00');
  });

  it('knows zones that show the same clock', () => {
    expect(sameClock(NOW, 'Europe/London', 'UTC')).to.equal(true);
    expect(sameClock(NOW, 'Europe/London', 'Europe/Berlin')).to.equal(false);
  });
});

describe('Formats in other languages', () => {
  const afternoon = at('2026-01-07T15:05:00.000Z');
  const written: readonly (readonly [string, string, string, string])[] = [
    ['es', '15:05', 'mañana', 'hora estándar de Europa central'],
    ['es-MX', '3:05\u202fp.m.', 'mañana', 'hora estándar de Europa central'],
    ['fr', '15:05', 'demain', 'heure normale d’Europe centrale'],
    ['fr-CA', '15\u202fh\u202f05', 'demain', 'heure normale de l’Europe centrale'],
    ['ar', '3:05 م', 'غدًا', 'توقيت وسط أوروبا الرسمي'],
    ['ar-EG', '٣:٠٥ م', 'غدًا', 'توقيت وسط أوروبا الرسمي'],
    ['zh-Hans', '15:05', '明天', '中欧标准时间'],
    ['en-US', '3:05\u202fPM', 'tomorrow', 'Central European Standard Time'],
  ];
  /** Browsers differ in which of the narrow spaces they write. */
  const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');

  for (const [locale, time, tomorrow, zone] of written) {
    it(`writes hours, days, zones and digits as ${locale} does`, () => {
      const london = new Formats(locale, 'Europe/London', (day, hour) => `${day} · ${hour}`);
      expect(plain(london.time(afternoon))).to.equal(plain(time));
      expect(plain(london.when(afternoon, NOW, on))).to.equal(plain(`${tomorrow} · ${time}`));
      expect(plain(new Formats(locale, 'Europe/Madrid').zoneName(afternoon))).to.equal(zone);
    });
  }

  it('keeps the timer of a call in the digits of the language, with every unit', () => {
    expect(new Formats('ar-EG', 'UTC').timer(3_849_000)).to.equal('١:٠٤:٠٩');
    expect(plain(new Formats('fr', 'UTC').duration(65 * 60_000))).to.equal('1 heure et 5 minutes');
    expect(new Formats('zh-Hans', 'UTC').duration(24 * 60_000)).to.equal('24分钟');
  });

  it('takes the region that the browser’s user has chosen, of this language and script only', () => {
    const restore = replace(navigator, 'languages', ['de-DE', 'zh-TW', 'es-MX', 'zh-CN', 'en-AU']);
    try {
      expect(['es', 'zh-Hans', 'en', 'fr', 'es-AR'].map(regionalTag)).to.deep.equal([
        'es-MX',
        'zh-CN',
        'en-AU',
        'fr',
        'es-AR',
      ]);
    } finally {
      restore();
    }
  });
});

describe('countdown', () => {
  const shown = (ms: number): string =>
    countdown(ms)
      .map(({ unit, value }) => `${String(value)} ${unit}`)
      .join(' ');

  it('has seconds on the last day only, and never says less than what is left', () => {
    expect(shown(2_500)).to.equal('0 hour 0 minute 3 second');
    expect(shown(0)).to.equal('0 hour 0 minute 0 second');
    expect(shown(-1)).to.equal('0 hour 0 minute 0 second');
    expect(shown(26 * 3_600_000 + 90_000)).to.equal('1 day 2 hour 1 minute');
  });

  it('knows when it will show something else', () => {
    for (const left of [2_500, 3_000, 26 * 3_600_000 + 90_000]) {
      expect(shown(left - countdownStep(left)), String(left)).to.not.equal(shown(left));
      expect(shown(left - countdownStep(left) + 2), String(left)).to.equal(shown(left));
    }
  });

  it('knows when one more period has passed', () => {
    expect(untilMore(2_500, 1_000)).to.equal(500);
    expect(untilMore(0, 1_000)).to.equal(1_000);
  });
});
