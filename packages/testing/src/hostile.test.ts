import { bookingSchema, providerNoteSchema } from '@active-session/core';
import { describe, expect, it } from 'vitest';
import { hostileTexts } from './hostile.js';

const BOOKING = {
  id: 123456789,
  provider: 'dr-smith',
  providerInitials: 'DS',
  dateTime: '2026-01-07T10:00:00.000Z',
  status: 'scheduled',
  bookedAt: '2026-01-06T12:00:00.000Z',
};

describe('hostile texts', () => {
  const texts = hostileTexts('ran(1)');

  it('are more than 500, each another one, and the same every time', () => {
    expect(texts.length).toBeGreaterThan(500);
    expect(new Set(texts).size).toBe(texts.length);
    expect(hostileTexts('ran(1)')).toEqual(texts);
  });

  it('are of every kind', () => {
    const kinds = [
      /<img[\s/][^>]*onerror/i,
      /<svg/i,
      /<math>/,
      /srcdoc/,
      /http-equiv=refresh/,
      /^\s*javascript:/i,
      /<\/script/i,
      /lit\$/,
      /\$\{/,
      /&#x/,
      /\r\nATTACH:/,
      /\u202e/,
      /\0/,
      /__proto__/,
    ];
    for (const kind of kinds) expect(texts.filter((text) => kind.test(text)).length, String(kind)).toBeGreaterThan(0);
    expect(texts.filter((text) => text.includes('ran(1)')).length).toBeGreaterThan(400);
  });

  it('each fit into the fields of a booking and of a note, which are read as they are', () => {
    for (const text of texts) {
      const booking = { ...BOOKING, providerName: text, patientName: text, sessionType: text, notes: text };
      expect(bookingSchema.parse(booking)).toEqual(booking);
      const note = { providerName: text, timestamp: BOOKING.dateTime, content: text };
      expect(providerNoteSchema.parse(note)).toEqual(note);
    }
  });
});
