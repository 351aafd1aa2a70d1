import { SessionError, type Booking, type SessionView } from '@active-session/core';
import { aTimeout, expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import type { FakeClient } from '../test-support/fake-client.js';
import { AT, call, MET, party } from '../test-support/fixtures.js';
import { buttonNamed, buttonsIn, mount, part, settled, textOf } from '../test-support/page.js';
import { clientOf, elementOf, LATE, stopPictures, waitingCases, type CallCase } from './test-support/cases.js';
import { hear } from './test-support/hearing.js';
import type { SessionCall } from './session-call.js';

const MINUTE = 60_000;

function shown(state: CallCase, client = clientOf(state)): Promise<SessionCall> {
  return mount('session-call', client, elementOf(state));
}

function wayOut(element: SessionCall): readonly string[] {
  return [...(element.shadowRoot?.querySelectorAll('.way-out a, .way-out button') ?? [])].map(textOf);
}

async function wait(element: SessionCall, client: FakeClient, minutes: number): Promise<void> {
  client.time += minutes * MINUTE;
  element.requestUpdate();
  await settled(element);
}

afterEach(stopPictures);

describe('<session-call>, the waiting room', () => {
  const states: readonly (readonly [string, () => CallCase, readonly string[], (readonly string[])?])[] = [
    ['preparing', waitingCases.preparing, ['Getting your camera and microphone ready…', 'choose “Allow”']],
    [
      'nobody yet',
      waitingCases.waiting,
      ['Dr. Smith is not here yet. You are in the right place.', 'Waiting for 4 minutes.'],
      ['You can go on waiting', 'Your session starts at'],
    ],
    ['too early', waitingCases.early, ['Your session starts at 10:30.', 'Waiting for 4 minutes.']],
    [
      'running late',
      waitingCases.late,
      [
        'Dr. Smith is running late and expects to start at about 10:20.',
        'Dr. Smith says:',
        'Sorry, an emergency before you.',
        'You are in the right place.',
      ],
      ['not here yet'],
    ],
    ['later than said', waitingCases.laterThanSaid, ['Dr. Smith is running late.'], ['expects to start']],
    [
      'asked to wait',
      waitingCases.held,
      [
        'Dr. Smith asks you to wait.',
        'Dr. Smith says:',
        'I am finishing a call. Five minutes.',
        'You keep your place.',
      ],
      ['not here yet'],
    ],
    ['to be let in', waitingCases.asking, ['Dr. Smith is here and will let you in.'], ['not here yet']],
    ['to be let in later', waitingCases.askingNobody, ['Dr. Smith is not here yet.', 'Dr. Smith will let you in.']],
    ['left alone', waitingCases.away, ['Dr. Smith has left the call.', 'They can come back until 12:00.']],
    ['cut off', waitingCases.cutOff, ['No connection right now. We keep trying.', 'Your session is not over.']],
    ['the provider waits', waitingCases.providerWaits, ['Sam Rivera is not here yet.', 'Waiting for 4 minutes.']],
    [
      'somebody asks the provider',
      waitingCases.providerIsAsked,
      ['Sam Rivera is in the waiting room.', 'They have waited for 6 minutes.', 'Let Sam Rivera in'],
    ],
    [
      'somebody whom the provider asked to wait',
      waitingCases.providerHolds,
      ['You asked Sam Rivera to wait.', 'Your message:', 'I am finishing a call.', 'Let Sam Rivera in'],
    ],
  ];
  for (const [name, state, sentences, never = []] of states) {
    it(`says where you are: ${name}`, async () => {
      const element = await shown(state());
      const text = textOf(element);
      for (const sentence of sentences) expect(text).to.contain(sentence);
      for (const sentence of never) expect(text).to.not.contain(sentence);
      await expect(element).to.be.accessible();
    });
  }

  it('counts the minutes in sight, and says none of them aloud', async () => {
    const client = clientOf(waitingCases.waiting());
    const element = await shown(waitingCases.waiting(), client);
    const heard = hear(element);
    for (const minutes of [5, 6, 7]) {
      await wait(element, client, 1);
      expect(textOf(element)).to.contain(`Waiting for ${String(minutes)} minutes.`);
    }
    await aTimeout(0);
    heard.stop();
    expect(heard.said).to.deep.equal(['Dr. Smith is not here yet. You are in the right place.']);
  });

  it('counts from when the server saw them wait, whatever this page has seen', async () => {
    const own = party('patient', 'waiting', AT.talking - 8 * MINUTE);
    const state = {
      session: { call: call({ state: 'waiting', since: AT.talking - 1_000, own }), callStartedAt: null },
    };
    expect(textOf(await shown(state))).to.contain('Waiting for 8 minutes.');
  });

  it('offers what the portal has after 15 minutes with nobody, and not before', async () => {
    const state: CallCase = { ...waitingCases.long(), session: waitingCases.waiting().session };
    const client = clientOf(state);
    const element = await shown(state, client);
    await wait(element, client, 10);
    expect(wayOut(element)).to.deep.equal([]);
    await wait(element, client, 1);
    expect(textOf(element)).to.contain('Waiting for 15 minutes.');
    expect(textOf(element)).to.contain('You can go on waiting. You can also leave for now and come back until 11:55.');
    expect(wayOut(element)[0]).to.contain('Call the front desk: +44 20 7946 0000');
    expect(wayOut(element).at(-1)).to.equal('Tell Dr. Smith');
  });

  it('takes nobody for forgotten who came before their time', async () => {
    const booking: Booking = { ...MET, dateTime: '2026-01-07T11:00:00.000Z' };
    const element = await shown({ ...waitingCases.long(), booking });
    expect(textOf(element)).to.contain('Your session starts at 11:00.');
    expect(wayOut(element)).to.deep.equal([]);
  });

  it('shows the words of a provider as text, with their lines', async () => {
    const own = { ...party('patient'), admission: 'held' as const, message: '<b>Soon</b>\nSee https://clinic.example' };
    const state = waitingCases.held();
    const client = clientOf(state);
    const element = await shown(state, client);
    client.session(MET.id).set({ call: call({ state: 'waiting', own }) });
    await settled(element);
    const quote = part(element, '.quote');
    expect(quote.querySelector('b') === null).to.equal(true);
    expect(textOf(quote)).to.contain('<b>Soon</b>');
    expect(quote.querySelector('.text')?.getAttribute('dir')).to.equal('auto');
    expect(quote.querySelector('a')?.href).to.equal('https://clinic.example/');
    expect(getComputedStyle(quote.querySelector('.text')!).whiteSpace).to.equal('pre-wrap');
  });

  it('lets somebody in, and says it where that did not work', async () => {
    const state = waitingCases.providerIsAsked();
    const client = clientOf(state);
    const asked: unknown[] = [];
    client.admit = async (id) => {
      asked.push(id);
      if (asked.length === 1) throw new SessionError('network', 'x');
    };
    const element = await shown(state, client);
    buttonNamed(element, 'Let Sam Rivera in').click();
    await waitUntil(() => textOf(element).includes('That did not work. Try again.'));
    buttonNamed(element, 'Let Sam Rivera in').click();
    await settled(element);
    expect(asked).to.deep.equal([MET.id, MET.id]);
    expect(textOf(element)).to.not.contain('That did not work.');
  });

  it('offers to let somebody in only where the backend can', async () => {
    const state = waitingCases.providerIsAsked();
    const client = clientOf(state);
    client.set({ can: { ...client.getSnapshot().can, admit: false } });
    const element = await shown(state, client);
    expect(textOf(element)).to.contain('Sam Rivera is in the waiting room.');
    expect(buttonsIn(element).some((button) => textOf(button).startsWith('Let '))).to.equal(false);
  });

  it('says at once that it was cancelled, by whose word and why', async () => {
    const state = waitingCases.waiting();
    const client = clientOf(state);
    const element = await shown(state, client);
    const heard = hear(element);
    const booking: Booking = { ...MET, status: 'cancelled', cancelledBy: 'provider', cancelReason: 'I am ill today.' };
    client.session(MET.id).set({ call: null, phase: 'cancelled', reason: 'cancelled', canEnd: false, booking });
    await settled(element);
    expect(textOf(element)).to.contain('Your session with Dr. Smith today, 10:00 was cancelled.');
    expect(textOf(element)).to.contain('I am ill today.');
    expect(element.shadowRoot?.querySelector('video') === null).to.equal(true);
    await waitUntil(() => heard.said.length === 2);
    heard.stop();
    expect(heard.said[1]).to.equal('Your session with Dr. Smith today, 10:00 was cancelled. I am ill today.');
  });

  it('has a place for what the portal gives to who waits, which moves nothing', async () => {
    const places = (element: SessionCall): readonly number[] =>
      ['.bar', '.message h2', '.self', '.controls', '.call'].flatMap((selector) => {
        const { top, height } = part(element, selector).getBoundingClientRect();
        return [Math.round(top - element.getBoundingClientRect().top), Math.round(height)];
      });
    const bare = await shown(waitingCases.waiting());
    bare.style.width = '390px';
    const before = places(bare);
    bare.remove();
    const long = html`<div slot="waiting">${Array.from({ length: 40 }, () => html`<p>Read this.</p>`)}</div>`;
    const element = await shown({ ...waitingCases.waiting(), waiting: long });
    element.style.width = '390px';
    await waitUntil(() => part(element, '.meanwhile').tabIndex === 0);
    expect(places(element)).to.deep.equal(before);
    expect(part(element, '.meanwhile').getAttribute('aria-label')).to.equal('While you wait');
    await expect(element).to.be.accessible();
  });

  it('has it inside of <active-session>, too, with what the portal turns on there', async () => {
    const state = waitingCases.long();
    const element = await mount(
      'active-session',
      clientOf(state),
      html`<active-session help shortcuts><p slot="waiting">Read this.</p></active-session>`,
    );
    const call = part(element, 'session-call');
    await waitUntil(() => part(call, '.meanwhile').tabIndex === 0);
    expect(part(call, '.meanwhile').textContent).to.not.contain('You can use the time');
    expect(element.querySelector('p')?.checkVisibility()).to.equal(true);
    expect(buttonNamed(element, 'Tell Dr. Smith').checkVisibility()).to.equal(true);
    expect(buttonNamed(element, 'Microphone').getAttribute('aria-keyshortcuts')).to.equal('m');
  });

  it('has a word of its own there where the portal has none, inside of <active-session>', async () => {
    const element = await mount(
      'active-session',
      clientOf(waitingCases.waiting()),
      html`<active-session></active-session>`,
    );
    expect(textOf(element)).to.contain('You can use the time to note down');
  });

  it('has a word of its own there where the portal has none, for who waits for a provider', async () => {
    expect(textOf(await shown(waitingCases.waiting()))).to.contain('You can use the time to note down');
    expect(textOf(await shown(waitingCases.portalsOwn()))).to.not.contain('You can use the time to note down');
    expect(textOf(await shown(waitingCases.providerWaits()))).to.not.contain('You can use the time to note down');
  });

  it('says a new word of the provider as it comes', async () => {
    const state = waitingCases.waiting();
    const client = clientOf(state);
    const element = await shown(state, client);
    const heard = hear(element);
    const say = async (change: Partial<SessionView>): Promise<void> => {
      client.session(MET.id).set(change);
      await settled(element);
      await aTimeout(0);
    };
    await say({ booking: LATE });
    const { call: before } = client.session(MET.id).getSnapshot();
    await say({ call: { ...before!, own: { ...party('patient'), admission: 'held', message: 'Five minutes.' } } });
    await say({ call: { ...before!, own: { ...party('patient'), admission: 'held', message: 'Two minutes.' } } });
    heard.stop();
    expect(heard.said).to.deep.equal([
      'Dr. Smith is not here yet. You are in the right place.',
      'Dr. Smith is running late and expects to start at about 10:20. Sorry, an emergency before you.',
      'Dr. Smith asks you to wait. Five minutes.',
      'Dr. Smith asks you to wait. Two minutes.',
    ]);
  });
});
