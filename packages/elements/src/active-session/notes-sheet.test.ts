import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { fakeClient, type FakeClient } from '../test-support/fake-client.js';
import { AT, call, MET, NOTE, notesView } from '../test-support/fixtures.js';
import { focused, press, resize } from '../test-support/keyboard.js';
import { heard, mount, part, settled, tabStops, textOf } from '../test-support/page.js';
import type { ActiveSession } from './active-session.js';

const NOTES = ['n1', 'n2', 'n3', 'n4'].map((id) => ({ ...NOTE, id }));

const talking = (role: 'patient' | 'provider' = 'patient'): FakeClient =>
  fakeClient({
    now: AT.talking,
    bookings: [MET],
    role,
    session: () => ({ notes: notesView(NOTES.slice(0, 1)), call: call() }),
  });
const shown = (client: FakeClient): Promise<ActiveSession> =>
  mount('active-session', client, html`<active-session time-zone="Europe/London"></active-session>`);
const handleOf = (element: ActiveSession): HTMLElement => part(element, '.handle');
const notesOf = (element: ActiveSession): HTMLElement => part(element, '.scroller');

async function comes(element: ActiveSession, client: FakeClient, count = 1): Promise<void> {
  const { notes } = client.session(MET.id).getSnapshot().notes;
  client.session(MET.id).set({ notes: notesView(NOTES.slice(0, notes.length + count)) });
  await settled(element);
}

describe('<active-session>: the notes of a call on a phone', () => {
  before(() => resize(390, 780));
  after(() => resize(800, 600));

  it('are folded below the call, behind a button that says how many there are', async () => {
    const element = await shown(talking());
    expect(handleOf(element).getAttribute('aria-expanded')).to.equal('false');
    expect(textOf(handleOf(element))).to.equal('Notes from Dr. Smith 1 note');
    expect(notesOf(element).checkVisibility()).to.equal(false);
    expect(handleOf(element).getBoundingClientRect().bottom).to.be.at.most(781);
    expect(tabStops(element).slice(-2)).to.deep.equal(['End Call', 'Notes from Dr. Smith 1 note']);
    await expect(element).to.be.accessible();
  });

  it('unfold and fold with a key, and the focus stays on the button', async () => {
    const element = await shown(talking());
    handleOf(element).focus();
    await press('Enter');
    await settled(element);
    expect(handleOf(element).getAttribute('aria-expanded')).to.equal('true');
    expect(notesOf(element).checkVisibility()).to.equal(true);
    expect(focused()).to.equal(handleOf(element));
    await expect(element).to.be.accessible();
    await press('Space');
    await settled(element);
    expect(notesOf(element).checkVisibility()).to.equal(false);
    expect(focused()).to.equal(handleOf(element));
  });

  it('fold with Escape from anywhere in them, and the focus goes to the button', async () => {
    const element = await shown(talking());
    handleOf(element).click();
    await settled(element);
    notesOf(element).focus();
    await press('Escape');
    await settled(element);
    expect(notesOf(element).checkVisibility()).to.equal(false);
    expect(focused()).to.equal(handleOf(element));
  });

  for (const height of [640, 780]) {
    it(`leave every control of the call in sight, folded and unfolded: ${String(height)} px`, async () => {
      await resize(320, height);
      const element = await shown(talking());
      for (const unfolded of [false, true]) {
        if (unfolded) handleOf(element).click();
        await settled(element);
        window.scrollTo(0, 0);
        await Promise.all(
          notesOf(element)
            .getAnimations()
            .map(({ finished }) => finished),
        );
        const top = handleOf(element).getBoundingClientRect().top;
        const controls = part(part(element, 'session-call'), '.controls');
        for (const button of controls.querySelectorAll('button')) {
          const { bottom, height: high } = button.getBoundingClientRect();
          if (high > 0) expect(bottom, textOf(button)).to.be.at.most(top + 1);
        }
        const stage = part(part(element, 'session-call'), '.stage').getBoundingClientRect();
        expect(controls.getBoundingClientRect().top - stage.top, 'what is left of the picture').to.be.at.least(90);
      }
      await resize(390, 780);
    });
  }

  it('follow a swipe up and down on the button', async () => {
    const element = await shown(talking());
    const swipe = async (from: number, to: number): Promise<void> => {
      handleOf(element).dispatchEvent(new PointerEvent('pointerdown', { clientY: from, bubbles: true }));
      handleOf(element).dispatchEvent(new PointerEvent('pointerup', { clientY: to, bubbles: true }));
      handleOf(element).click();
      await settled(element);
    };
    await swipe(700, 600);
    expect(notesOf(element).checkVisibility()).to.equal(true);
    await swipe(600, 500);
    expect(notesOf(element).checkVisibility()).to.equal(true);
    await swipe(500, 700);
    expect(notesOf(element).checkVisibility()).to.equal(false);
  });

  it('say once that one came while they are folded, and mark it on the button', async () => {
    const client = talking();
    const element = await shown(client);
    const texts = heard(element);
    await comes(element, client);
    await waitUntil(() => texts.length > 0);
    expect(textOf(handleOf(element))).to.equal('Notes from Dr. Smith 1 new 2 notes');
    await comes(element, client, 2);
    await waitUntil(() => texts.length > 1);
    expect(texts).to.deep.equal(['New note from Dr. Smith.', '2 new notes from Dr. Smith.']);
    expect(textOf(handleOf(element))).to.contain('3 new');
    expect(textOf(part(part(element, 'provider-notes'), '[role=status]')), 'not twice').to.equal('');
  });

  it('say it themselves while they are unfolded', async () => {
    const client = talking();
    const element = await shown(client);
    handleOf(element).click();
    await settled(element);
    const own = heard(element);
    const inside = heard(part(element, 'provider-notes'));
    await comes(element, client);
    await waitUntil(() => inside.length > 0);
    expect(inside).to.deep.equal(['New note from Dr. Smith.']);
    expect(own).to.deep.equal([]);
  });

  it('do not tell a provider what they wrote', async () => {
    const client = talking('provider');
    const element = await shown(client);
    const texts = heard(element);
    await comes(element, client);
    expect(textOf(handleOf(element))).to.equal('Shared with Patient, 10:00 2 notes');
    expect(texts).to.deep.equal([]);
  });

  it('stand beside the call where there is room, with no button', async () => {
    await resize(1280, 800);
    const element = await shown(talking());
    expect(handleOf(element).checkVisibility()).to.equal(false);
    expect(notesOf(element).checkVisibility()).to.equal(true);
    const [left, right] = ['session-call', '.scroller'].map((selector) =>
      part(element, selector).getBoundingClientRect(),
    );
    expect(left?.right).to.be.at.most(right?.left ?? 0);
    const heading = part(part(element, 'provider-notes'), 'h2');
    expect(getComputedStyle(heading).clipPath, 'its heading is to be seen').to.equal('none');
    await resize(390, 780);
  });
});
