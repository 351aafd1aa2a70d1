import { SessionError, type Booking, type JudgedBooking } from '@active-session/core';
import { expect, nextFrame } from '@open-wc/testing';
import { html } from 'lit';
import { ANA, dayClient, LEE, NAMELESS, patient, SAM, today } from '../test-support/day.js';
import type { FakeClient } from '../test-support/fake-client.js';
import { call, EVERYTHING } from '../test-support/fixtures.js';
import { focused, press } from '../test-support/keyboard.js';
import { heard, mount, part, settled, textOf } from '../test-support/page.js';
import type { SessionQueue } from './session-queue.js';

const shown = (client: FakeClient): Promise<SessionQueue> =>
  mount('session-queue', client, html`<session-queue time-zone="Europe/London"></session-queue>`);
const asking = (): JudgedBooking => today(SAM, [patient({ admission: 'asking' })]);
const waiting = (): JudgedBooking => today(SAM, [patient()]);
const REFUSED = new SessionError('network', 'for developers');

function inEntry(element: SessionQueue, { id }: Booking, selector: string): HTMLElement {
  return part(element, `[data-id="${String(id)}"] ${selector}`);
}

function dialog(element: SessionQueue): HTMLDialogElement {
  return part(element, 'dialog[open]', HTMLDialogElement);
}

function isOpen(element: SessionQueue): boolean {
  return element.renderRoot.querySelector('dialog[open]') !== null;
}

async function clickIn(element: SessionQueue, selector: string): Promise<void> {
  part(element, `dialog[open] ${selector}`).click();
  await nextFrame();
  await settled(element);
}

/** Opens *More* of a session, and there, where it is named, what is to be done. */
async function more(element: SessionQueue, booking: Booking, command?: string): Promise<void> {
  inEntry(element, booking, '.more').focus();
  inEntry(element, booking, '.more').click();
  await settled(element);
  if (command !== undefined) await clickIn(element, `[data-command="${command}"]`);
}

function offered(element: SessionQueue): readonly string[] {
  return [...dialog(element).querySelectorAll('[part=command]')].map(textOf);
}

async function write(element: SessionQueue, text: string, selector = 'textarea'): Promise<void> {
  const field = part(element, `dialog[open] ${selector}`);
  if (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  await settled(element);
}

/** An answer that comes when the test says so. */
function held<T>(): { readonly answer: Promise<T>; readonly give: (value: T) => void; readonly fail: () => void } {
  let give: (value: T) => void = () => undefined;
  let fail: () => void = () => undefined;
  const answer = new Promise<T>((resolve, reject) => {
    give = resolve;
    fail = () => reject(REFUSED);
  });
  return { answer, give: (value) => give(value), fail: () => fail() };
}

describe('a session of the day offers', () => {
  it('what matters now as a button, and the rest under More', async () => {
    const element = await shown(dayClient([waiting(), today(LEE), today(ANA)]));
    expect(textOf(inEntry(element, SAM, '[part=join-button]'))).to.equal('Join');
    await more(element, SAM);
    expect(textOf(part(element, 'dialog[open] h2'))).to.equal('Sam Rivera, 10:00');
    expect(offered(element)).to.deep.equal(['Ask to wait', 'Say that you are late', 'Cancel the session']);
    await expect(element).to.be.accessible();
    await clickIn(element, '[part=close-button]');
    await more(element, LEE);
    expect(offered(element)).to.deep.equal(['Say that you are late', 'Cancel the session']);
    await clickIn(element, '[part=close-button]');
    expect(inEntry(element, LEE, '.item').parentElement?.querySelector('.act')).to.equal(null);
    await more(element, ANA);
    expect(offered(element)).to.deep.equal(['Open it again']);
  });

  it('only what the rules and the backend allow', async () => {
    const can = { ...EVERYTHING, call: false, admit: false, late: false, noShow: false, cancel: false, reopen: false };
    const element = await shown(dayClient([asking(), today(ANA)], { view: { can } }));
    expect(element.renderRoot.querySelector('.act, .more')).to.equal(null);
  });

  it('names that tell the buttons apart, and never begin like the session itself', async () => {
    const element = await shown(dayClient([waiting(), today(NAMELESS)]));
    const names = [...element.renderRoot.querySelectorAll('.panel button')].map(
      (button) => button.getAttribute('aria-label') ?? textOf(button),
    );
    expect(names.filter((name) => name.includes('Sam Rivera'))).to.have.length(1);
    expect(names).to.include.members(['Join, 10:00', 'More, 10:00', 'More, 11:00']);
    await more(element, NAMELESS);
    expect(textOf(part(element, 'dialog[open] h2'))).to.equal('Patient, 11:00');
  });

  it('gives the focus back on Escape', async () => {
    const element = await shown(dayClient([waiting(), today(LEE)]));
    await more(element, LEE, 'cancel');
    expect(textOf(focused() ?? document.body)).to.equal('Cancel this session?');
    await press('Escape');
    await settled(element);
    expect([isOpen(element), focused()]).to.deep.equal([false, inEntry(element, LEE, '.more')]);
  });
});

describe('Join', () => {
  it('chooses the session and starts it, and is gone while the call runs here', async () => {
    const client = dayClient([waiting(), today(LEE)]);
    const element = await shown(client);
    const asked: string[] = [];
    for (const type of ['session-choose-request', 'session-start-request'] as const)
      element.addEventListener(type, (event) => asked.push(event.type));
    Object.assign(client.session(SAM.id), { start: () => client.session(SAM.id).set({ call: call() }) });
    inEntry(element, SAM, '[part=join-button]').click();
    await settled(element);
    expect(asked).to.deep.equal(['session-choose-request', 'session-start-request']);
    expect(element.bookingId).to.equal(SAM.id);
    expect(element.renderRoot.querySelector('[part=join-button]')).to.equal(null);
    client.session(SAM.id).set({ call: null });
    await settled(element);
    expect(element.renderRoot.querySelector('[part=join-button]')).not.to.equal(null);
  });

  it('starts nothing where the portal says no', async () => {
    const client = dayClient([waiting()]);
    const element = await shown(client);
    element.addEventListener('session-start-request', (event) => event.preventDefault());
    inEntry(element, SAM, '[part=join-button]').click();
    expect(client.session(SAM.id).commands).to.deep.equal([]);
  });

  it('asks first where another call runs here: nobody hears what another one says', async () => {
    const client = dayClient([waiting(), today(NAMELESS, [patient({ presence: 'in-call' })])]);
    client.session(NAMELESS.id).set({ call: call() });
    const element = await shown(client);
    inEntry(element, SAM, '[part=join-button]').click();
    await settled(element);
    expect(textOf(dialog(element)))
      .to.contain('You are in a call with Patient, 11:00.')
      .and.contain('Sam Rivera, 10:00');
    await expect(element).to.be.accessible();
    await clickIn(element, '[part=close-button]');
    expect(client.session(SAM.id).commands).to.deep.equal([]);
    inEntry(element, SAM, '[part=join-button]').click();
    await settled(element);
    element.addEventListener('session-leave-request', (event) => event.preventDefault(), { once: true });
    await clickIn(element, '[part=confirm-button]');
    expect([client.session(NAMELESS.id).commands, client.session(SAM.id).commands]).to.deep.equal([[], []]);
    await clickIn(element, '[part=confirm-button]');
    expect(client.session(NAMELESS.id).commands).to.deep.equal([['leave']]);
    expect(client.session(SAM.id).commands).to.deep.equal([['start']]);
    expect([isOpen(element), element.bookingId]).to.deep.equal([false, SAM.id]);
  });
});

describe('Let in', () => {
  it('says that it is on its way, asks once, and then says how it stands', async () => {
    const client = dayClient([asking()]);
    const { answer, give } = held<ReturnType<typeof patient>[]>();
    client.answer.admit = () => answer;
    const element = await shown(client);
    const said = heard(element);
    const button = inEntry(element, SAM, '[part=admit-button]');
    button.focus();
    button.click();
    await settled(element);
    button.click();
    expect([button.getAttribute('aria-disabled'), textOf(button)]).to.deep.equal(['true', 'Letting in…']);
    give([patient({ admission: 'admitted' })]);
    await nextFrame();
    expect(client.commands).to.deep.equal([['admit', SAM.id]]);
    expect(said).to.deep.equal(['Sam Rivera: waiting 4 minutes']);
    expect(textOf(inEntry(element, SAM, '.act'))).to.equal('Join');
    expect(focused()).not.to.equal(document.body);
  });

  it('says beside the session why it did not work, until that was read', async () => {
    const client = dayClient([asking(), today(LEE)]);
    client.answer.admit = () => Promise.reject(REFUSED);
    const element = await shown(client);
    inEntry(element, SAM, '[part=admit-button]').click();
    await nextFrame();
    expect(textOf(inEntry(element, SAM, '[role=alert]'))).to.equal(
      'We can’t reach the clinic right now. Check your connection, then try again.',
    );
    expect(inEntry(element, SAM, '[part=admit-button]').getAttribute('aria-disabled')).to.equal('false');
    await expect(element).to.be.accessible();
    inEntry(element, SAM, '.close').click();
    await settled(element);
    expect(element.renderRoot.querySelector('[role=alert]')).to.equal(null);
    expect(focused()).to.equal(inEntry(element, SAM, '.item'));
  });

  it('reads the day anew where the backend says no', async () => {
    const client = dayClient([asking()]);
    client.answer.admit = () => Promise.reject(new SessionError('session-cancelled', 'x'));
    const element = await shown(client);
    inEntry(element, SAM, '[part=admit-button]').click();
    await nextFrame();
    expect(client.commands).to.deep.equal([['admit', SAM.id], ['refresh']]);
    expect(textOf(inEntry(element, SAM, '[role=alert]'))).to.equal('This session was cancelled.');
  });
});

describe('a question', () => {
  it('says whose session it is about, and sends what was written with a hold', async () => {
    const client = dayClient([waiting()]);
    const element = await shown(client);
    await more(element, SAM, 'hold');
    expect(textOf(dialog(element))).to.contain('Sam Rivera, 10:00');
    await expect(element).to.be.accessible();
    await write(element, '  Two minutes, please. ');
    await clickIn(element, '[part=confirm-button]');
    expect(client.commands).to.deep.equal([['hold', SAM.id, { message: 'Two minutes, please.' }]]);
    expect(isOpen(element)).to.equal(false);
    expect(textOf(inEntry(element, SAM, '.item'))).to.equal('Sam Rivera 10:00 asked to wait, 4 minutes');
    expect(textOf(inEntry(element, SAM, '.act'))).to.equal('Let in');
  });

  it('sends no message where none was written', async () => {
    const client = dayClient([waiting()]);
    const element = await shown(client);
    await more(element, SAM, 'hold');
    await write(element, '   ');
    await clickIn(element, '[part=confirm-button]');
    expect(client.commands).to.deep.equal([['hold', SAM.id, {}]]);
  });

  it('loses nothing that was written: neither by a refusal nor by going back', async () => {
    const client = dayClient([today(LEE)]);
    client.answer.cancel = () => Promise.reject(REFUSED);
    const element = await shown(client);
    await more(element, LEE, 'cancel');
    await write(element, 'I am ill.');
    await clickIn(element, '[part=confirm-button]');
    expect(textOf(part(element, 'dialog[open] [role=alert]'))).to.contain('We can’t reach the clinic right now.');
    expect(part(element, 'dialog[open] textarea', HTMLTextAreaElement).value).to.equal('I am ill.');
    await expect(element).to.be.accessible();
    await clickIn(element, '[part=close-button]');
    expect(textOf(inEntry(element, LEE, '[role=alert]'))).to.contain('We can’t reach the clinic right now.');
    await more(element, LEE, 'cancel');
    expect(part(element, 'dialog[open] textarea', HTMLTextAreaElement).value).to.equal('I am ill.');
    client.answer.cancel = async (booking) => ({ ...booking, status: 'cancelled', cancelledBy: 'provider' });
    await clickIn(element, '[part=confirm-button]');
    expect(client.commands.at(-1)).to.deep.equal(['cancel', LEE.id, 'I am ill.']);
    expect(element.renderRoot.querySelector('[role=alert]')).to.equal(null);
  });

  it('is not sent twice, and its button says that it is on its way', async () => {
    const client = dayClient([today(LEE)]);
    const { answer, fail } = held<Booking>();
    client.answer.cancel = () => answer;
    const element = await shown(client);
    await more(element, LEE, 'cancel');
    await clickIn(element, '[part=confirm-button]');
    const button = part(element, 'dialog[open] [part=confirm-button]');
    expect([textOf(button), button.getAttribute('aria-disabled')]).to.deep.equal(['Sending…', 'true']);
    await clickIn(element, '[part=confirm-button]');
    expect(client.commands).to.have.length(1);
    await clickIn(element, '[part=close-button]');
    expect(textOf(inEntry(element, LEE, '.working'))).to.equal('Sending…');
    fail();
    await nextFrame();
    expect(textOf(inEntry(element, LEE, '[role=alert]'))).to.contain('We can’t reach the clinic right now.');
  });

  it('says that there is nothing more to ask where the session has changed under it', async () => {
    const client = dayClient([today(SAM), today(LEE)]);
    const element = await shown(client);
    await more(element, SAM, 'no-show');
    client.set({ queue: [waiting(), today(LEE)] });
    await settled(element);
    expect(textOf(dialog(element))).to.contain('This has changed meanwhile. Sam Rivera waiting 4 minutes');
    expect(element.renderRoot.querySelector('dialog[open] [part=confirm-button]')).to.equal(null);
    client.set({ queue: [] });
    await settled(element);
    await clickIn(element, '[part=close-button]');
    expect(isOpen(element)).to.equal(false);
  });

  it('goes with who signs out, and so does what they wrote', async () => {
    const client = dayClient([waiting()]);
    const element = await shown(client);
    await more(element, SAM, 'hold');
    await write(element, 'For Sam');
    element.client = dayClient([waiting()]);
    await settled(element);
    expect(isOpen(element)).to.equal(false);
    await more(element, SAM, 'hold');
    expect(part(element, 'dialog[open] textarea', HTMLTextAreaElement).value).to.equal('');
  });
});

describe('running late', () => {
  const choices = (element: SessionQueue): readonly string[] =>
    [...dialog(element).querySelectorAll('.choice')].map(textOf);
  const expected = (element: SessionQueue): string => textOf(part(element, 'dialog[open] .expected'));

  it('is said in minutes, with the time that they mean', async () => {
    const client = dayClient([today(NAMELESS)]);
    const element = await shown(client);
    await more(element, NAMELESS, 'late');
    expect(choices(element)).to.deep.equal([
      '5 minutes',
      '10 minutes',
      '15 minutes',
      '20 minutes',
      '30 minutes',
      'Another number of minutes',
    ]);
    expect(expected(element)).to.equal('They expect you at about 11:10.');
    await expect(element).to.be.accessible();
    part(element, 'dialog[open] input[value="20"]').click();
    await settled(element);
    expect(expected(element)).to.equal('They expect you at about 11:20.');
    await write(element, 'Sorry!');
    await clickIn(element, '[part=confirm-button]');
    expect(client.commands).to.deep.equal([['late', NAMELESS.id, { minutes: 20, message: 'Sorry!' }]]);
    expect(textOf(inEntry(element, NAMELESS, '.item'))).to.equal('Patient, 11:00 you said 20 minutes late');
  });

  it('offers no time that is over', async () => {
    const element = await shown(dayClient([today(SAM)]));
    await more(element, SAM, 'late');
    expect(choices(element)).to.deep.equal(['15 minutes', '20 minutes', '30 minutes', 'Another number of minutes']);
  });

  it('takes a number of one’s own, from 1 to 240, that is not over', async () => {
    const client = dayClient([today(SAM)]);
    const element = await shown(client);
    await more(element, SAM, 'late');
    part(element, 'dialog[open] input[value="own"]').click();
    await settled(element);
    const problem = (): string => textOf(part(element, '#late-problem'));
    for (const [text, says] of [
      ['', 'Write a number from 1 to 240.'],
      ['241', 'Write a number from 1 to 240.'],
      ['1.5', 'Write a number from 1 to 240.'],
      ['ten', 'Write a number from 1 to 240.'],
      ['9', 'That time is over. Write a larger number.'],
    ] as const) {
      await write(element, text, '#late-own');
      await clickIn(element, '[part=confirm-button]');
      expect(problem(), text).to.equal(says);
      expect(focused()).to.equal(part(element, '#late-own'));
    }
    await expect(element).to.be.accessible();
    await write(element, '45', '#late-own');
    expect([problem(), expected(element)]).to.deep.equal(['', 'They expect you at about 10:45.']);
    await clickIn(element, '[part=confirm-button]');
    expect(client.commands).to.deep.equal([['late', SAM.id, { minutes: 45 }]]);
  });
});

describe('what takes a session out of the day', () => {
  it('asks before a no-show, and leaves it in sight with the focus', async () => {
    const client = dayClient([today(SAM), today(LEE)]);
    const element = await shown(client);
    await more(element, SAM, 'no-show');
    await expect(element).to.be.accessible();
    expect(client.commands).to.deep.equal([]);
    await clickIn(element, '[part=confirm-button]');
    expect(client.commands).to.deep.equal([['noShow', SAM.id]]);
    expect(textOf(inEntry(element, SAM, '.item'))).to.equal('Sam Rivera 10:00 did not come');
    expect(inEntry(element, SAM, '.item').closest('details')).to.equal(null);
    expect(focused()).to.equal(inEntry(element, SAM, '.item'));
  });

  it('asks before a cancellation, which the portal can take over', async () => {
    const client = dayClient([today(LEE)]);
    const element = await shown(client);
    const done: unknown[] = [];
    element.addEventListener('appointment-cancelled', ({ bookingId }) => done.push(bookingId));
    element.addEventListener('appointment-cancel-request', (event) => event.preventDefault(), { once: true });
    await more(element, LEE, 'cancel');
    expect(isOpen(element)).to.equal(false);
    await more(element, LEE, 'cancel');
    await expect(element).to.be.accessible();
    await clickIn(element, '[part=confirm-button]');
    expect(client.commands).to.deep.equal([['cancel', LEE.id, undefined]]);
    expect(done).to.deep.equal([LEE.id]);
  });

  it('opens again at once what was ended by mistake, and the focus goes with it', async () => {
    const { completedAt: _, ...open } = { ...ANA, status: 'scheduled' } as const;
    const client = dayClient([today(ANA), today(LEE)]);
    const { answer, give } = held<Booking>();
    client.answer.reopen = () => answer;
    const element = await shown(client);
    part(element, 'summary').click();
    await more(element, ANA, 'reopen');
    expect(textOf(inEntry(element, ANA, '.working'))).to.equal('Opening it again…');
    give(open);
    await nextFrame();
    await settled(element);
    expect(client.commands).to.deep.equal([['reopen', ANA.id]]);
    expect(element.renderRoot.querySelector('details')).to.equal(null);
    expect(textOf(inEntry(element, ANA, '.item'))).to.equal('Ana Petrova 08:30 has left');
    expect(focused()).to.equal(inEntry(element, ANA, '.item'));
  });
});
