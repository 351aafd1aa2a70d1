import { SessionError, type JudgedBooking } from '@active-session/core';
import { expect, fixture, fixtureCleanup, nextFrame } from '@open-wc/testing';
import { html } from 'lit';
import { dayClient, LEE, NAMELESS, NOW, patient, SAM, today } from '../test-support/day.js';
import type { FakeClient } from '../test-support/fake-client.js';
import { call, guest, ME } from '../test-support/fixtures.js';
import { heard, mount, part, settled, textOf } from '../test-support/page.js';
import { replace } from '../test-support/replace.js';
import { inScope } from '../test-support/render.js';
import { pressSomewhere, stubSound, type StubbedSound } from '../test-support/sound.js';
import type { SessionQueue } from './session-queue.js';

const shown = (client: FakeClient): Promise<SessionQueue> =>
  mount('session-queue', client, html`<session-queue time-zone="Europe/London"></session-queue>`);

const EMPTY: readonly JudgedBooking[] = [today(SAM), today(NAMELESS), today(LEE)];
const samWaits = (): readonly JudgedBooking[] => [today(SAM, [patient()]), today(NAMELESS), today(LEE)];
const samTalks = (): readonly JudgedBooking[] => [
  today(SAM, [patient({ presence: 'in-call' })]),
  today(NAMELESS),
  today(LEE),
];
const bothWait = (): readonly JudgedBooking[] => [today(SAM, [patient()]), today(NAMELESS, [patient()]), today(LEE)];

let sound: StubbedSound;
let title: string;
beforeEach(() => {
  sound = stubSound();
  title = document.title;
  document.title = 'Portal';
});
afterEach(() => {
  fixtureCleanup();
  sound.restore();
  document.title = title;
});

/** As an event brings it. */
async function become(client: FakeClient, queue: readonly JudgedBooking[]): Promise<void> {
  client.set({ queue });
  await nextFrame();
}

async function pressed(): Promise<void> {
  pressSomewhere();
  await nextFrame();
}

describe('a guest who comes to a session', () => {
  const maria = guest({ presence: 'waiting' });
  const mariaWaits = (): readonly JudgedBooking[] => [today(SAM, [maria]), today(NAMELESS), today(LEE)];

  it('that is not the chosen one is said once, shown, and not heard', async () => {
    const client = dayClient(EMPTY);
    const element = await shown(client);
    const said = heard(element);
    await pressed();
    await become(client, mariaWaits());
    await become(client, mariaWaits());
    expect(said).to.deep.equal(['Maria Lopez (interpreter) waits to be let into the session with Sam Rivera.']);
    expect([sound.sounds(), document.title]).to.deep.equal([0, 'Portal']);
    expect(textOf(part(element, '.item-guest'))).to.equal('A guest waits to be let in');
  });

  it('that is chosen is said where they are let in', async () => {
    const client = dayClient(EMPTY);
    const element = await shown(client);
    element.bookingId = SAM.id;
    await settled(element);
    const said = heard(element);
    await become(client, mariaWaits());
    expect(said).to.deep.equal([]);
  });

  it('is no news once they were let in', async () => {
    const client = dayClient([today(SAM, [{ ...maria, admission: 'held' }])]);
    const element = await shown(client);
    const said = heard(element);
    await become(client, [today(SAM, [{ ...maria, admission: 'admitted' }])]);
    expect([said, element.renderRoot.querySelector('.item-guest')]).to.deep.equal([[], null]);
  });
});

describe('a patient who comes', () => {
  it('is said once, and heard once', async () => {
    const client = dayClient(EMPTY);
    const element = await shown(client);
    const said = heard(element);
    await pressed();
    await become(client, samWaits());
    await become(client, samWaits());
    client.set({ connection: 'down' });
    client.set({ connection: 'live' });
    await nextFrame();
    expect(said).to.deep.equal(['Sam Rivera is waiting.']);
    expect(sound.sounds()).to.equal(1);
  });

  it('is said as one who asks, where the provider lets people in', async () => {
    const client = dayClient(EMPTY);
    const element = await shown(client);
    const said = heard(element);
    await become(client, [today(SAM, [patient({ admission: 'asking' })])]);
    expect(said).to.deep.equal(['Sam Rivera asks to come in.']);
  });

  it('is not new where they waited before the page was here', async () => {
    const client = dayClient([], { view: { state: 'loading' } });
    const element = await shown(client);
    const said = heard(element);
    await pressed();
    client.set({ state: 'ready', queue: samWaits() });
    await nextFrame();
    expect([said, sound.sounds()]).to.deep.equal([[], 0]);
  });

  it('is not new after a moment’s absence, as of a reload, and is after a longer one', async () => {
    const client = dayClient(samWaits());
    const element = await shown(client);
    const said = heard(element);
    await pressed();
    await become(client, EMPTY);
    client.time += 59_000;
    await become(client, samWaits());
    expect([said, sound.sounds()]).to.deep.equal([[], 0]);
    await become(client, EMPTY);
    client.time += 60_000;
    await become(client, samWaits());
    expect([said, sound.sounds()]).to.deep.equal([['Sam Rivera is waiting.'], 1]);
  });

  it('is said and not heard when they wait again out of a call', async () => {
    const client = dayClient(samTalks());
    const element = await shown(client);
    const said = heard(element);
    await pressed();
    await become(client, samWaits());
    expect([said, sound.sounds()]).to.deep.equal([['Sam Rivera is waiting.'], 0]);
  });

  it('is said each time they come, in the same words', async () => {
    const client = dayClient(EMPTY);
    const element = await shown(client);
    const said = heard(element);
    await become(client, samWaits());
    await become(client, samTalks());
    await become(client, samWaits());
    expect(said).to.deep.equal(['Sam Rivera is waiting.', 'Sam Rivera is waiting.']);
  });

  it('is left to the call that runs on this page', async () => {
    const client = dayClient(EMPTY);
    const element = await shown(client);
    const said = heard(element);
    await pressed();
    client.session(SAM.id).set({ call: call() });
    await become(client, samWaits());
    expect([said, sound.sounds(), document.title]).to.deep.equal([[], 0, 'Portal']);
  });

  it('is nobody else’s: another person who signs in hears of nobody who waited already', async () => {
    const client = dayClient(EMPTY, { view: { me: { ...ME, id: 'dr-smith', role: 'provider' } } });
    const element = await shown(client);
    const said = heard(element);
    await pressed();
    client.set({ me: null, queue: [] });
    client.set({ me: { ...ME, id: 'dr-lee', role: 'provider' }, queue: samWaits() });
    await nextFrame();
    expect([said, sound.sounds()]).to.deep.equal([[], 0]);
  });

  it('is said where a dialog is open, too', async () => {
    const client = dayClient(EMPTY);
    const element = await shown(client);
    part(element, '.more').click();
    await settled(element);
    await become(client, bothWait());
    expect(textOf(part(element, 'dialog[open] [role=status]'))).to.equal(
      'Sam Rivera is waiting. Patient, 11:00 is waiting.',
    );
  });
});

describe('a patient who cancels', () => {
  it('is said once, also where they were waiting', async () => {
    const client = dayClient(samWaits());
    const element = await shown(client);
    const said = heard(element);
    const cancelled = { ...SAM, status: 'cancelled', cancelledBy: 'patient' } as const;
    await become(client, [today(cancelled), today(LEE)]);
    await become(client, [today(cancelled), today(LEE)]);
    await become(client, [today(cancelled), today({ ...LEE, status: 'cancelled', cancelledBy: 'provider' })]);
    expect(said).to.deep.equal(['Sam Rivera has cancelled.']);
    expect(document.title).to.equal('Portal');
  });
});

describe('the sound of an arrival', () => {
  const toggle = (element: SessionQueue): HTMLElement => part(element, '[part=sound-button]');

  it('asks the browser for nothing before somebody presses something, and says so', async () => {
    const client = dayClient(EMPTY);
    const element = await shown(client);
    await become(client, samWaits());
    expect([sound.contexts(), sound.sounds(), textOf(toggle(element))]).to.deep.equal([
      0,
      0,
      'Press to allow the sound',
    ]);
    await pressed();
    expect([sound.contexts(), sound.sounds(), textOf(toggle(element))]).to.deep.equal([1, 0, 'Sound']);
    expect(toggle(element).getAttribute('aria-checked')).to.equal('true');
    await expect(element).to.be.accessible();
  });

  it('needs no press where somebody has pressed something before', async () => {
    const undo = replace(navigator, 'userActivation', { hasBeenActive: true, isActive: false });
    const client = dayClient(EMPTY);
    await shown(client);
    undo();
    await become(client, samWaits());
    expect(sound.sounds()).to.equal(1);
  });

  it('goes on asking where the browser holds it back, and throws nothing', async () => {
    sound.isAllowed = false;
    const client = dayClient(EMPTY);
    const element = await shown(client);
    await pressed();
    await become(client, samWaits());
    toggle(element).click();
    await nextFrame();
    expect([sound.sounds(), textOf(toggle(element))]).to.deep.equal([0, 'Press to allow the sound']);
    sound.isAllowed = true;
    await pressed();
    expect([sound.sounds(), textOf(toggle(element))]).to.deep.equal([0, 'Sound']);
  });

  it('is turned off and on, is kept so, and is heard when it is turned on', async () => {
    const client = dayClient(EMPTY);
    const element = await shown(client);
    await pressed();
    toggle(element).click();
    await nextFrame();
    expect([client.arrivalSound.getSnapshot(), toggle(element).getAttribute('aria-checked')]).to.deep.equal([
      false,
      'false',
    ]);
    await become(client, samWaits());
    expect(sound.sounds()).to.equal(0);
    toggle(element).click();
    await nextFrame();
    expect([client.arrivalSound.getSnapshot(), sound.sounds()]).to.deep.equal([true, 1]);
    await become(client, bothWait());
    expect(sound.sounds()).to.equal(2);
  });

  it('is one, however many elements show the day, and one element says it', async () => {
    const client = dayClient(EMPTY);
    const scope = await fixture<HTMLElement>(
      inScope(client, html`<session-queue></session-queue><session-queue compact></session-queue>`),
    );
    const elements = [...scope.querySelectorAll('session-queue')];
    for (const element of elements) await settled(element);
    const said = elements.map(heard);
    await pressed();
    await become(client, samWaits());
    expect(sound.sounds()).to.equal(1);
    expect(said.flat()).to.deep.equal(['Sam Rivera is waiting.']);
    expect(document.title).to.equal('(1) Portal');
    elements[0]?.remove();
    expect([document.title, sound.open()]).to.deep.equal(['(1) Portal', 1]);
    elements[1]?.remove();
    expect([document.title, sound.open()]).to.deep.equal(['Portal', 0]);
  });

  it('is not there for a portal that wants it quiet, nor is the mark in the title', async () => {
    const client = dayClient(EMPTY);
    const element = await mount('session-queue', client, html`<session-queue quiet></session-queue>`);
    const said = heard(element);
    await pressed();
    await become(client, samWaits());
    expect([sound.contexts(), document.title]).to.deep.equal([0, 'Portal']);
    expect(element.renderRoot.querySelector('[part=sound-button]')).to.equal(null);
    expect(said).to.deep.equal(['Sam Rivera is waiting.']);
    element.quiet = false;
    await settled(element);
    expect(document.title).to.equal('(1) Portal');
  });

  it('is not offered by a browser that has none', async () => {
    const undo = replace(globalThis, 'AudioContext', undefined as unknown as typeof AudioContext);
    const client = dayClient(EMPTY);
    const element = await shown(client);
    await pressed();
    await become(client, samWaits());
    undo();
    expect(element.renderRoot.querySelector('[part=sound-button]')).to.equal(null);
  });

  it('ends with who signs out', async () => {
    const client = dayClient(samWaits());
    const element = await shown(client);
    await pressed();
    expect([document.title, sound.open()]).to.deep.equal(['(1) Portal', 1]);
    await client.signOut();
    await settled(element);
    expect([document.title, sound.open()]).to.deep.equal(['Portal', 0]);
  });
});

describe('the mark in the title', () => {
  it('counts who waits, names nobody, and goes when nobody waits any more', async () => {
    const client = dayClient(EMPTY);
    await shown(client);
    const titles = [document.title];
    for (const queue of [samWaits(), bothWait(), samTalks(), EMPTY]) {
      await become(client, queue);
      titles.push(document.title);
    }
    expect(titles).to.deep.equal(['Portal', '(1) Portal', '(2) Portal', 'Portal', 'Portal']);
  });

  it('leaves the portal its own change of the title', async () => {
    const client = dayClient(samWaits());
    const element = await shown(client);
    expect(document.title).to.equal('(1) Portal');
    document.title = 'Results';
    await become(client, bothWait());
    expect(document.title).to.equal('(2) Results');
    document.title = 'Letters';
    element.remove();
    expect(document.title).to.equal('Letters');
  });

  it('stands in an empty title, and leaves it empty', async () => {
    document.title = '';
    const client = dayClient(samWaits());
    const element = await shown(client);
    expect(document.title).to.equal('(1)');
    element.remove();
    expect(document.title).to.equal('');
  });

  it('goes where the day can’t be read any more', async () => {
    const client = dayClient(samWaits(), { now: NOW });
    await shown(client);
    client.set({ state: 'failed', error: new SessionError('network', 'x'), queue: [] });
    await nextFrame();
    expect(document.title).to.equal('Portal');
  });
});
