import type { Booking, JudgedBooking } from '@active-session/core';
import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { ANA, dayClient, fullDay, LEE, NAMELESS, NOW, patient, SAM, today } from '../test-support/day.js';
import type { FakeClient } from '../test-support/fake-client.js';
import { call, guest, MET } from '../test-support/fixtures.js';
import { focused, press } from '../test-support/keyboard.js';
import { buttonNamed, mount, part, settled, tabStops, textOf } from '../test-support/page.js';
import type { SessionQueue } from './session-queue.js';

const MINUTE = 60_000;

const shown = (client: FakeClient): Promise<SessionQueue> =>
  mount('session-queue', client, html`<session-queue time-zone="Europe/London"></session-queue>`);

const items = (element: SessionQueue, place = '.list > ul'): readonly string[] =>
  [...element.renderRoot.querySelectorAll(`${place} .item`)].map(textOf);

function entry(element: SessionQueue, booking: Booking): HTMLElement {
  return part(element, `[data-id="${String(booking.id)}"]`);
}

describe('<session-queue> shows the day', () => {
  it('in order, each with one line on how it stands', async () => {
    const element = await shown(dayClient(fullDay()));
    expect(items(element)).to.deep.equal([
      'Mia Chen 09:30 in the call',
      'Sam Rivera 10:00 waiting 4 minutes microphone does not work',
      'Priya Natarajan-Whitfield 10:05 not here yet, 9 minutes late',
      'Tom Brandt 10:10 asks to come in',
      'Olu Adeyemi 10:20 asked to wait, 4 minutes',
      'Eva Lind 10:20 you said 15 minutes late',
      'Patient, 11:00 later',
      'Max Reuter 13:00 later',
      'Lee Kim 15:00 later',
    ]);
    await expect(element).to.be.accessible();
  });

  it('says which one is next, and when', async () => {
    const element = await shown(dayClient([today(SAM, [patient()]), today(NAMELESS), today(LEE)]));
    expect(items(element)[1]).to.equal('Patient, 11:00 next, in 46 minutes');
    expect(items(element)[2]).to.equal('Lee Kim 15:00 later');
  });

  const more: readonly (readonly [string, Partial<Booking>, Parameters<typeof today>[1]])[] = [
    ['Sam Rivera 10:00 has left', { attendance: MET.attendance ?? [] }, []],
    ['Sam Rivera 10:00 waiting', {}, [patient({}, NOW - 20_000)]],
    ['Sam Rivera 10:00 waiting', {}, [patient({ since: null })]],
    ['Sam Rivera 10:14 not here yet', { dateTime: '2026-01-07T10:14:00.000Z' }, []],
    ['Sam Rivera 10:15 next, in 1 minute', { dateTime: '2026-01-07T10:15:00.000Z' }, []],
  ];
  for (const [line, change, parties] of more) {
    it(`: ${line}`, async () => {
      expect(items(await shown(dayClient([today({ ...SAM, ...change }, parties)])))).to.deep.equal([line]);
    });
  }

  it('counts the minutes by itself', async () => {
    const client = dayClient([today(SAM, [patient({}, NOW - 5 * MINUTE + 200)])]);
    const element = await shown(client);
    expect(items(element)).to.deep.equal(['Sam Rivera 10:00 waiting 4 minutes']);
    client.time += 250;
    await new Promise<void>((done) => {
      const list = part(element, '.list');
      new MutationObserver(() => done()).observe(list, { subtree: true, characterData: true, childList: true });
    });
    expect(items(element)).to.deep.equal(['Sam Rivera 10:00 waiting 5 minutes']);
  });

  it('folds what is over, says how it ended, and keeps the fold open', async () => {
    const client = dayClient(fullDay());
    const element = await shown(client);
    const fold = part(element, 'details', HTMLDetailsElement);
    expect(textOf(part(element, 'summary'))).to.equal('3 ended or cancelled');
    expect(fold.open).to.equal(false);
    part(element, 'summary').click();
    expect(items(element, 'details')).to.deep.equal([
      'Noor Haddad 08:00 did not come',
      'Ana Petrova 08:30 ended',
      'Jo Okafor 09:00 cancelled by the patient I am better.',
    ]);
    client.set({ queue: fullDay().slice(0, 5) });
    await settled(element);
    expect(fold.open).to.equal(true);
    await expect(element).to.be.accessible();
  });

  it('says who cancelled, where the backend does', async () => {
    const cancelled = (id: number, cancelledBy?: 'provider'): JudgedBooking =>
      today({ ...SAM, id, status: 'cancelled', ...(cancelledBy && { cancelledBy }) });
    const element = await shown(dayClient([cancelled(1), cancelled(2, 'provider')]));
    expect(items(element, 'details')).to.deep.equal([
      'Sam Rivera 10:00 cancelled',
      'Sam Rivera 10:00 cancelled by you',
    ]);
    expect(textOf(element)).to.contain('You have no more sessions today.');
  });

  it('in the zone that the portal names', async () => {
    const element = await shown(dayClient([today(SAM), today(NAMELESS)]));
    element.timeZone = 'Asia/Tokyo';
    await settled(element);
    expect(items(element).join()).to.contain('Sam Rivera 19:00').and.contain('Patient, 20:00');
  });

  it('says that there is none, that it is offline, and that it can’t be read', async () => {
    const client = dayClient([]);
    const element = await shown(client);
    expect(textOf(element)).to.contain('You have no sessions today.');
    client.set({ connection: 'down' });
    await settled(element);
    expect(textOf(element)).to.contain('No connection right now. We keep trying.');
    client.set({ state: 'failed' });
    await settled(element);
    buttonNamed(element, 'Try again').click();
    expect(client.commands).to.deep.equal([['refresh']]);
    client.set({ state: 'loading' });
    await settled(element);
    expect(textOf(element)).to.contain('Loading…');
  });

  it('stays usable with many: the list scrolls where the element has no more height', async () => {
    const element = await shown(dayClient(fullDay()));
    element.style.maxBlockSize = '300px';
    await settled(element);
    const list = part(element, '.list');
    expect(element.getBoundingClientRect().height).to.be.at.most(301);
    expect(list.scrollHeight).to.be.greaterThan(list.clientHeight);
    expect(part(element, 'h2').checkVisibility()).to.equal(true);
  });

  it('asks the backend for nothing: no session is watched but one whose call runs here', async () => {
    const client = dayClient([today(SAM), today(LEE)]);
    const watched: unknown[] = [];
    for (const { id } of [SAM, LEE]) {
      const session = client.session(id);
      const subscribe = session.subscribe.bind(session);
      Object.assign(session, {
        subscribe: (listener: () => void) => {
          watched.push(id);
          return subscribe(listener);
        },
      });
    }
    const element = await shown(client);
    expect(watched).to.deep.equal([]);
    client.session(LEE.id).set({ call: call() });
    client.set({ connection: 'polling' });
    await settled(element);
    expect(watched).to.deep.equal([LEE.id]);
  });
});

describe('<session-queue> lets one choose', () => {
  it('by a press, unless the portal says no', async () => {
    const element = await shown(dayClient([today(SAM), today(LEE)]));
    const asked: unknown[] = [];
    element.addEventListener('session-choose-request', ({ bookingId }) => asked.push(bookingId));
    element.addEventListener('session-choose-request', (event) => event.preventDefault(), { once: true });
    const isCurrent = (): unknown => entry(element, LEE).querySelector('.item')?.getAttribute('aria-current');
    buttonNamed(element, 'Lee Kim').click();
    await settled(element);
    expect([element.bookingId, isCurrent()]).to.deep.equal([undefined, 'false']);
    buttonNamed(element, 'Lee Kim').click();
    await settled(element);
    expect([element.bookingId, isCurrent(), asked]).to.deep.equal([LEE.id, 'true', [LEE.id, LEE.id]]);
  });

  it('shows the one that an attribute names', async () => {
    const element = await shown(dayClient([today(SAM), today(LEE)]));
    element.setAttribute('booking-id', String(SAM.id));
    await settled(element);
    expect(entry(element, SAM).querySelector('[aria-current=true]')).not.to.equal(null);
  });

  it('with the keyboard alone: Tab by Tab, or up and down from one to the next', async () => {
    const element = await shown(dayClient([today(SAM, [patient()]), today(NAMELESS), today(LEE)]));
    expect(tabStops(element)).to.deep.equal([
      'Press to allow the sound',
      'Sam Rivera 10:00 waiting 4 minutes',
      'Join, 10:00',
      'More, 10:00',
      'Patient, 11:00 next, in 46 minutes',
      'More, 11:00',
      'Lee Kim 15:00 later',
      'More, 15:00',
    ]);
    const at = (): string => textOf(focused() ?? document.body).split(' ')[0] ?? '';
    buttonNamed(element, 'Sam Rivera').focus();
    await press('ArrowDown');
    await press('ArrowDown');
    expect(at()).to.equal('Lee');
    await press('ArrowDown');
    expect(at()).to.equal('Lee');
    await press('Home');
    expect(at()).to.equal('Sam');
    await press('End');
    await press('ArrowUp');
    await press('Enter');
    expect(element.bookingId).to.equal(NAMELESS.id);
  });

  it('forgets the choice of who signs out', async () => {
    const client = dayClient([today(SAM)]);
    const element = await shown(client);
    buttonNamed(element, 'Sam Rivera').click();
    await client.signOut();
    await settled(element);
    expect(element.bookingId).to.equal(undefined);
    expect(textOf(element)).to.equal('You are signed out.');
  });
});

describe('<session-queue> takes nothing away under one’s hands', () => {
  const ended: Booking = { ...SAM, status: 'completed', completedAt: '2026-01-07T10:14:00.000Z' };

  it('keeps the chosen one where it is when it ends, until another one is chosen', async () => {
    const client = dayClient([today(SAM), today(LEE)]);
    const element = await shown(client);
    buttonNamed(element, 'Sam Rivera').click();
    client.set({ queue: [today(ended), today(LEE)] });
    await settled(element);
    expect(items(element)[0]).to.equal('Sam Rivera 10:00 ended');
    buttonNamed(element, 'Lee Kim').click();
    await settled(element);
    expect(items(element)).to.deep.equal(['Lee Kim 15:00 next, in 4 hours, 46 minutes']);
    expect(items(element, 'details')).to.deep.equal(['Sam Rivera 10:00 ended']);
  });

  it('folds at once what ended elsewhere', async () => {
    const client = dayClient([today(SAM), today(LEE)]);
    const element = await shown(client);
    client.set({ queue: [today(ended), today(LEE)] });
    await settled(element);
    expect(items(element, 'details')).to.deep.equal(['Sam Rivera 10:00 ended']);
  });

  it('keeps in sight what a patient cancels, until it was looked at', async () => {
    const client = dayClient([today(SAM, [patient()]), today(LEE)]);
    const element = await shown(client);
    client.set({ queue: [today({ ...SAM, status: 'cancelled', cancelledBy: 'patient' }), today(LEE)] });
    await settled(element);
    buttonNamed(element, 'Lee Kim').click();
    await settled(element);
    expect(items(element)[0]).to.equal('Sam Rivera 10:00 cancelled by the patient');
    buttonNamed(element, 'Sam Rivera').click();
    await settled(element);
    expect(items(element)).to.have.length(2);
    buttonNamed(element, 'Lee Kim').click();
    await settled(element);
    expect(items(element)).to.have.length(1);
  });
});

describe('<session-queue compact>', () => {
  async function compact(queue = [today(ANA), today(SAM, [patient()]), today(LEE)]): Promise<SessionQueue> {
    const element = await shown(dayClient(queue));
    element.compact = true;
    await settled(element);
    return element;
  }
  const visible = (element: SessionQueue): boolean => part(element, '.panel').checkVisibility();
  const opener = (element: SessionQueue): HTMLElement => part(element, '[part=list-button]');

  it('is one line: who matters now, and how many there are', async () => {
    const element = await compact();
    expect(textOf(part(element, '.bar'))).to.equal('Sam Rivera 10:00 waiting 4 minutes Join 2 sessions');
    expect(visible(element)).to.equal(false);
    expect(element.getBoundingClientRect().height).to.be.below(110);
    await expect(element).to.be.accessible();
  });

  it('says that there is none', async () => {
    expect(textOf(part(await compact([]), '.bar'))).to.equal('You have no sessions today. 0 sessions');
    expect(textOf(part(await compact([today(ANA)]), '.bar'))).to.equal('You have no more sessions today. 0 sessions');
  });

  describe('a guest who waits to be let in', () => {
    const maria = guest({ presence: 'waiting' });
    const leo = guest({ presence: 'waiting', seat: 'guest-2', name: 'Leo Rivera' });
    const ann = { ...ANA, status: 'scheduled', dateTime: '2026-01-07T10:30:00.000Z' } as const;
    const said = (element: SessionQueue): string => textOf(part(element, '[part=bar-guests]'));

    it('is said of the session that is going on, whoever else matters now', async () => {
      const asking = today({ ...LEE, dateTime: SAM.dateTime }, [patient({ admission: 'asking' }), maria]);
      const going = today({ ...MET, ...SAM }, [patient({ presence: 'in-call' }), maria]);
      const element = await shown(
        dayClient([asking, going], { session: ({ id }) => ({ call: id === SAM.id ? call() : null }) }),
      );
      element.compact = true;
      element.bookingId = LEE.id;
      await settled(element);
      expect(textOf(part(element, '.bar .item-name'))).to.equal('Lee Kim');
      expect(said(element)).to.equal('Sam Rivera: A guest waits to be let in, also in another session');
      part(element, '[part=bar-guests]').click();
      await settled(element);
      expect(element.bookingId).to.equal(SAM.id);
    });

    it('is said of the chosen session with its name, and of how many others', async () => {
      const element = await compact([today(SAM, [patient()]), today(NAMELESS), today(ann, [maria])]);
      element.bookingId = ann.id;
      await settled(element);
      expect(said(element)).to.equal('Ana Petrova: A guest waits to be let in');
      // What can be done about it is before one's eyes.
      expect(part(element, '[part=bar-guests]').localName).to.equal('p');
      await expect(element).to.be.accessible();
    });

    it('of another session only leads there, with how many there are', async () => {
      const element = await compact([
        today(SAM, [patient()]),
        today({ ...LEE, dateTime: SAM.dateTime }, [maria, leo]),
        today(ann, [leo]),
      ]);
      expect(said(element)).to.equal('Lee Kim: 2 guests wait to be let in, also in another session');
      await expect(element).to.be.accessible();
      part(element, '[part=bar-guests]').click();
      await settled(element);
      expect(element.bookingId).to.equal(LEE.id);
    });

    it('is in sight on a phone too, and takes no room from the name', async () => {
      const element = await compact([today(SAM, [patient()]), today(ann, [maria])]);
      element.style.inlineSize = '320px';
      expect(part(element, '[part=bar-guests]').checkVisibility()).to.equal(true);
      expect(element.scrollWidth).to.be.at.most(320);
      for (const width of ['600px', '800px', '1000px']) {
        element.style.inlineSize = width;
        expect([width, part(element, '.bar .item').getBoundingClientRect().height <= 64]).to.deep.equal([width, true]);
      }
    });

    it('is not said where nobody waits', async () => {
      const element = await compact([today(SAM, [patient(), guest()])]);
      expect(element.shadowRoot?.querySelector('[part=bar-guests]')).to.equal(null);
    });
  });

  it('opens the list over what is below, and closes it by Escape, by a press elsewhere and by a choice', async () => {
    const element = await compact();
    const height = element.getBoundingClientRect().height;
    const open = async (): Promise<void> => {
      opener(element).click();
      await settled(element);
    };
    await open();
    expect([visible(element), opener(element).getAttribute('aria-expanded')]).to.deep.equal([true, 'true']);
    expect(element.getBoundingClientRect().height).to.equal(height);
    part(element, '.panel .item').focus();
    await press('Escape');
    await settled(element);
    expect([visible(element), focused()]).to.deep.equal([false, opener(element)]);
    await open();
    document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
    await settled(element);
    expect(visible(element)).to.equal(false);
    await open();
    part(element, '.panel [data-id="4"] .item').click();
    await settled(element);
    expect([visible(element), element.bookingId, focused()]).to.deep.equal([false, LEE.id, opener(element)]);
  });
});
