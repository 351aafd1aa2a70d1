import { toICalendar, toInstant, type CalendarEntry, type JudgedBooking } from '@active-session/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Localize } from '../shared/localize.controller.js';

/**
 * The address of a file that a link downloads. It is made anew when what stands in it changes, and lives as long as the
 * link is in the page.
 */
export class CalendarFile implements ReactiveController {
  #isConnected = false;
  #content = '';
  #address: string | undefined;

  constructor(host: ReactiveControllerHost) {
    host.addController(this);
  }

  /**
   * Undefined while the host is out of the page: it may render there once more, and nobody would end what it makes.
   *
   * @param now when it is made; a later moment alone is no reason for another file
   */
  addressOf(entry: Omit<CalendarEntry, 'now'>, now: number): string | undefined {
    if (!this.#isConnected) return undefined;
    const content = JSON.stringify(entry);
    if (this.#address !== undefined && content === this.#content) return this.#address;
    this.#revoke();
    this.#content = content;
    this.#address = URL.createObjectURL(
      new Blob([toICalendar({ ...entry, now })], { type: 'text/calendar;charset=utf-8' }),
    );
    return this.#address;
  }

  hostConnected(): void {
    this.#isConnected = true;
  }

  hostDisconnected(): void {
    this.#isConnected = false;
    this.#revoke();
  }

  #revoke(): void {
    if (this.#address !== undefined) URL.revokeObjectURL(this.#address);
    this.#address = undefined;
  }
}

/**
 * What a calendar is told. Calendars are shared, and shown on locked screens: the entry says that there is a video
 * appointment, and with whom only in its description. A portal has other words as `messages`.
 */
export function calendarEntry(
  { booking, verdict }: JudgedBooking,
  options: { readonly name: string; readonly localize: Localize; readonly sessionUrl: string },
): Omit<CalendarEntry, 'now'> {
  const { name, localize } = options;
  const { id, dateTime, durationMinutes, status, version } = booking;
  const early = toInstant(dateTime) - verdict.opensAt;
  const join = early > 0 ? localize.t('calendar.join', localize.formats.duration(early)) : '';
  const url = absolute(options.sessionUrl);
  return {
    booking: {
      id,
      dateTime,
      status,
      ...(durationMinutes === undefined ? {} : { durationMinutes }),
      ...(version === undefined ? {} : { version }),
    },
    domain: url?.hostname || location.hostname || 'localhost',
    summary: localize.t('calendar.summary', name),
    description: `${localize.t('calendar.with', name)} ${join}`.trim(),
    ...(url === null ? {} : { url: url.href }),
  };
}

function absolute(address: string): URL | null {
  if (address === '' || !URL.canParse(address, document.baseURI)) return null;
  return new URL(address, document.baseURI);
}
