import { SessionError, type Party } from '@active-session/core';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { ANA, dayClient, fullDay, LEE, NAMELESS, NOW, patient, SAM, today } from '../test-support/day.js';
import type { FakeClient } from '../test-support/fake-client.js';
import { BOOKING, call, guest, MET } from '../test-support/fixtures.js';
import { inScope } from '../test-support/render.js';
import type { SessionQueue } from './session-queue.js';

export default { title: 'Provider/Queue', component: 'session-queue' } satisfies Meta;

interface Options {
  readonly chosen?: string;
  readonly compact?: boolean;
  readonly open?: boolean;
  readonly quiet?: boolean;
}

function shown(
  client: FakeClient,
  { chosen = String(SAM.id), compact, open, quiet = false }: Options = {},
): TemplateResult {
  return inScope(
    client,
    html`<session-queue
      time-zone="Europe/London"
      booking-id=${chosen}
      ?compact=${compact}
      ?open=${open}
      ?quiet=${quiet}
    ></session-queue>`,
  );
}

async function queueIn(canvasElement: HTMLElement): Promise<SessionQueue> {
  const element = canvasElement.querySelector('session-queue');
  if (element === null) throw new Error('There is no <session-queue>.');
  await element.updateComplete;
  return element;
}

/** Opens *More* of one session, and there, where it is named, what is to be done. */
async function openMore(canvasElement: HTMLElement, id: string, command?: string): Promise<void> {
  const element = await queueIn(canvasElement);
  const press = async (selector: string): Promise<void> => {
    element.renderRoot.querySelector<HTMLElement>(selector)?.click();
    await element.updateComplete;
  };
  await press(`[data-id="${id}"] .more`);
  if (command !== undefined) await press(`[data-command="${command}"]`);
}

const waitingGuest = (change: Partial<Party> = {}): Party => guest({ presence: 'waiting', ...change });

const WAITING = (): FakeClient => dayClient([today(ANA), today(SAM, [patient()]), today(NAMELESS), today(LEE)]);

export const PatientWaits: StoryObj = { render: () => shown(WAITING()) };

export const TwelveSessions: StoryObj = { render: () => shown(dayClient(fullDay())) };

export const WhatIsOver: StoryObj = {
  render: () => shown(dayClient(fullDay())),
  async play({ canvasElement }) {
    const element = await queueIn(canvasElement);
    element.renderRoot.querySelector('summary')?.click();
  },
};

export const InTheCall: StoryObj = {
  render: () =>
    shown(
      dayClient([today({ ...MET, ...SAM }, [patient({ presence: 'in-call' })]), today(NAMELESS), today(LEE)], {
        session: ({ id }) => ({ call: id === SAM.id ? call() : null }),
      }),
    ),
};

export const More: StoryObj = {
  render: () => shown(WAITING()),
  play: ({ canvasElement }) => openMore(canvasElement, String(SAM.id)),
};

export const Hold: StoryObj = {
  render: () => shown(WAITING()),
  play: ({ canvasElement }) => openMore(canvasElement, String(SAM.id), 'hold'),
};

export const RunningLate: StoryObj = {
  render: () => shown(WAITING()),
  play: ({ canvasElement }) => openMore(canvasElement, String(NAMELESS.id), 'late'),
};

export const Cancel: StoryObj = {
  render: () => shown(WAITING()),
  play: ({ canvasElement }) => openMore(canvasElement, String(LEE.id), 'cancel'),
};

export const NoShow: StoryObj = {
  render: () => shown(dayClient([today(SAM), today(LEE)])),
  play: ({ canvasElement }) => openMore(canvasElement, String(SAM.id), 'no-show'),
};

export const Refused: StoryObj = {
  render() {
    const client = dayClient([today(SAM, [patient({ admission: 'asking' })]), today(LEE)]);
    client.answer.admit = () => Promise.reject(new SessionError('network', 'for developers'));
    return shown(client);
  },
  async play({ canvasElement }) {
    const element = await queueIn(canvasElement);
    element.renderRoot.querySelector<HTMLElement>('[part=admit-button]')?.click();
    await new Promise((done) => setTimeout(done));
    await element.updateComplete;
  },
};

export const OneLine: StoryObj = { render: () => shown(dayClient(fullDay()), { compact: true }) };

export const OneLineOpen: StoryObj = {
  render: () => shown(dayClient(fullDay()), { compact: true, open: true }),
};

/** The bar names who asks to come in; the guest is one of the session that is going on. */
export const OneLineGuestInTheCall: StoryObj = {
  render: () =>
    shown(
      dayClient(
        [
          today({ ...MET, ...SAM }, [patient({ presence: 'in-call' }), waitingGuest()]),
          today({ ...LEE, dateTime: BOOKING.dateTime }, [patient({ admission: 'asking' })]),
        ],
        { session: ({ id }) => ({ call: id === SAM.id ? call() : null }) },
      ),
      { compact: true },
    ),
};

/** Guests of two other sessions. */
export const OneLineGuestsElsewhere: StoryObj = {
  render: () =>
    shown(
      dayClient([
        today(SAM, [patient()]),
        today({ ...LEE, dateTime: BOOKING.dateTime }, [waitingGuest(), waitingGuest({ seat: 'guest-2' })]),
        today({ ...ANA, status: 'scheduled', dateTime: '2026-01-07T10:30:00.000Z' }, [waitingGuest()]),
      ]),
      { compact: true },
    ),
};

export const Quiet: StoryObj = { render: () => shown(WAITING(), { quiet: true }) };

export const AllOver: StoryObj = { render: () => shown(dayClient([today(ANA)]), { chosen: '' }) };

export const NoSessions: StoryObj = { render: () => shown(dayClient([])) };

export const NoConnection: StoryObj = {
  render: () => shown(dayClient([today(SAM, [patient()])], { view: { connection: 'down' } })),
};

export const Loading: StoryObj = { render: () => shown(dayClient([], { view: { state: 'loading' } })) };

export const CanNotBeRead: StoryObj = {
  render: () =>
    shown(dayClient([], { view: { state: 'failed', error: new SessionError('network', 'for developers') } })),
};

export const LongNames: StoryObj = {
  render: () =>
    shown(
      dayClient([
        today({ ...SAM, patientName: 'Maximiliane Wolfeschlegelsteinhausenbergerdorff' }, [
          patient({ devices: { microphone: 'denied', speaker: 'failed', camera: 'busy', network: 'failed' } }, NOW),
        ]),
        today({ ...LEE, patientName: 'ليلى عبد الرحمن' }),
      ]),
    ),
};
