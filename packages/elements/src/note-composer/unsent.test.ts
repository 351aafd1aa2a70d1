import { SessionError, type Booking, type OutboxItem, type SessionErrorCode } from '@active-session/core';
import { expect, waitUntil } from '@open-wc/testing';
import type { SessionChooseRequestEvent } from '../shared/session-choose.events.js';
import { written } from '../test-support/fake-client.js';
import { AT, BOOKING, NOTE, notesView } from '../test-support/fixtures.js';
import { buttonNamed, buttonsIn, part, settled, textOf } from '../test-support/page.js';
import { replace } from '../test-support/replace.js';
import { commandsOf, composer, fieldOf, press, SAM, statusOf, write, writer } from './test-support/composing.js';

const LEE: Booking = { ...BOOKING, id: 3, patientName: 'Lee Kim', dateTime: '2026-01-07T15:00:00.000Z' };
const DAY = 24 * 60 * 60_000;
const queued = (item: Partial<OutboxItem>): OutboxItem =>
  written({ id: 'o1', content: 'Rest.', state: 'waiting', ...item });
const failed = (code: SessionErrorCode): SessionError => new SessionError(code, 'x');
const listed = (element: Awaited<ReturnType<typeof composer>>): readonly string[] =>
  [...element.shadowRoot!.querySelectorAll<HTMLElement>('.unsent')].map(textOf);

function asksBeforeUnload(): boolean {
  return !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
}

describe('<note-composer>, notes that are not shared', () => {
  it('are listed with what they are: on their way, refused, and begun besides the one in the field', async () => {
    const drafts = [written({ id: 'd1', content: 'In the field' }), written({ id: 'd2', content: 'Besides' })];
    const outbox = [
      queued({ id: 'o1', state: 'sending', kind: 'prescription' }),
      queued({ id: 'o2', content: 'Drink.' }),
      queued({ id: 'o3', content: 'Sleep.', state: 'refused', error: failed('forbidden') }),
    ];
    const element = await composer(writer({ session: () => ({ drafts, outbox }) }));
    expect(fieldOf(element).value).to.equal('In the field');
    expect(listed(element)).to.deep.equal([
      'Prescription or care plan Rest. Sending…',
      'Drink. It is sent after the one before it. Take it back',
      'Sleep. Not shared. The server did not take this note. Change the text or copy it. Try again Change the text Copy Discard',
      'Besides Draft. Nobody but you sees it. Go on with this one Discard',
    ]);
    await expect(element).to.be.accessible();
  });

  const waits: readonly (readonly [string, SessionErrorCode | null, 'device' | 'memory', string])[] = [
    ['the connection', 'network', 'device', 'Waiting for the connection. It is sent by itself.'],
    ['nothing known', null, 'device', 'Waiting for the connection. It is sent by itself.'],
    ['the service', 'unavailable', 'device', 'The clinic does not answer right now. It is sent by itself.'],
    ['sign-in', 'unauthenticated', 'device', 'Sign in again: your note is kept and is sent then.'],
    [
      'sign-in, in memory',
      'unauthenticated',
      'memory',
      'Sign in again in another tab. Keep this page open: your note is only here.',
    ],
  ];
  for (const [name, code, state, words] of waits) {
    it(`say what they wait for, and all that wait behind: ${name}`, async () => {
      const outbox = [
        queued({ error: code === null ? null : failed(code), at: AT.talking - 2_000 }),
        queued({ id: 'o2', at: AT.talking - 2_000 }),
      ];
      const client = writer({ session: () => ({ outbox }) });
      client.setKeeping({ state });
      const element = await composer(client);
      const said = `Rest. ${words} Take it back`;
      expect(listed(element)).to.deep.equal([said, said]);
    });
  }

  it('that wait can be taken back into the field, before they go out into the wrong chart', async () => {
    const client = writer({ session: () => ({ outbox: [queued({})] }) });
    const element = await composer(client);
    buttonNamed(element, 'Take it back').click();
    await settled(element);
    expect(commandsOf(client).map(([name, id]) => [name, id])).to.deep.include(['reviseNote', 'o1']);
  });

  it('say so on their last day, wherever they stand', async () => {
    const at = AT.talking - 6.5 * DAY;
    const drafts = [written({ id: 'd1', content: 'In the field' }), written({ id: 'd2', content: 'Besides', at })];
    const client = writer({ session: () => ({ drafts, outbox: [queued({ at })] }) });
    client.setKeeping({ state: 'device' });
    const element = await composer(client);
    for (const item of listed(element)) expect(item).to.match(/kept until/);
  });

  it('of a booking that is not theirs any more can be reached all the same', async () => {
    const unsent = [{ bookingId: 99, drafts: 1, waiting: 0, refused: 0 }];
    const element = await composer(writer({ view: { unsent } }));
    const chosen: unknown[] = [];
    element.addEventListener('session-choose-request', ({ bookingId }: SessionChooseRequestEvent) =>
      chosen.push(bookingId),
    );
    buttonNamed(element, 'Patient').click();
    expect(chosen).to.deep.equal([99]);
  });

  const refusals: readonly (readonly [SessionErrorCode, string, string])[] = [
    ['forbidden', 'The server did not take this note. Change the text or copy it.', 'retry revise'],
    ['invalid', 'The clinic can’t accept this text. Change it or copy it.', 'revise'],
    ['conflict', 'Something has changed meanwhile. Change the text, or try again.', 'retry revise'],
    ['not-found', 'This session is not yours any more. Copy the text if you need it.', ''],
    ['session-cancelled', 'This session was cancelled. Copy the text if you need it.', ''],
    ['outside-window', 'Notes can be shared during and after the session. Try again then.', 'retry revise'],
    ['not-supported', 'Notes can’t be shared here. Copy the text if you need it.', ''],
  ];
  for (const [code, words, acts] of refusals) {
    it(`say why they were refused for good, and offer what can help: ${code}`, async () => {
      const client = writer({ session: () => ({ outbox: [queued({ state: 'refused', error: failed(code) })] }) });
      const element = await composer(client);
      expect(listed(element)[0]).to.contain(`Not shared. ${words}`);
      const offered = buttonsIn(element).map(textOf);
      expect([offered.includes('Try again'), offered.includes('Change the text')]).to.deep.equal([
        acts.includes('retry'),
        acts.includes('revise'),
      ]);
      expect(offered).to.include.members(['Copy', 'Discard']);
    });
  }

  for (const code of ['unknown', 'malformed'] as const) {
    it(`that the clinic may have are sent again as they are, and not changed: ${code}`, async () => {
      const outbox = [queued({ state: 'refused', error: failed(code) })];
      const element = await composer(writer({ session: () => ({ outbox }) }));
      expect(listed(element)[0]).to.equal(
        'Rest. It may have been shared. Try again: it is shared only once. Try again Copy Discard',
      );
    });
  }

  it('that correct one which was withdrawn meanwhile say so', async () => {
    const gone = { ...NOTE, id: 'n1', withdrawnAt: NOTE.timestamp };
    const outbox = [queued({ state: 'refused', error: failed('invalid'), amends: 'n1' })];
    const element = await composer(writer({ session: () => ({ outbox, notes: notesView([gone]) }) }));
    expect(listed(element)[0]).to.contain('The note that it corrects was withdrawn. Change the text to share it');
  });

  it('are sent again, changed in the field, and copied', async () => {
    const outbox = [queued({ content: 'Wrong', state: 'refused', error: failed('forbidden') })];
    const client = writer({ session: () => ({ outbox }) });
    const element = await composer(client);
    const texts: string[] = [];
    const undo = replace(navigator, 'clipboard', { writeText: async (text) => void texts.push(text) } as Clipboard);
    try {
      buttonNamed(element, 'Copy').click();
      await waitUntil(() => texts.length > 0);
      await settled(element);
    } finally {
      undo();
    }
    expect([texts, textOf(part(element, '[role=status]'))]).to.deep.equal([['Wrong'], 'The note is copied.']);
    await write(element, 'New');
    buttonNamed(element, 'Try again').click();
    buttonNamed(element, 'Change the text').click();
    await settled(element);
    expect([fieldOf(element).value, element.shadowRoot!.activeElement]).to.deep.equal(['Wrong', fieldOf(element)]);
    expect(commandsOf(client)).to.deep.equal([
      ['retryNote', 'o1'],
      ['reviseNote', 'o1'],
    ]);
    buttonNamed(element, 'Go on with this one').click();
    await settled(element);
    expect(fieldOf(element).value).to.equal('New');
  });

  it('leave the field empty for the next one, whatever else is begun', async () => {
    const drafts = [written({ id: 'd1', content: 'One' }), written({ id: 'd2', content: 'Two' })];
    const client = writer({ session: () => ({ drafts }) });
    const element = await composer(client);
    press(element, 'Enter', { ctrlKey: true });
    await settled(element);
    expect([fieldOf(element).value, listed(element).some((text) => text.startsWith('Two'))]).to.deep.equal(['', true]);
    await write(element, 'Three');
    expect(
      client
        .session(SAM.id)
        .getSnapshot()
        .drafts.map(({ content }) => content),
    ).to.deep.equal(['Two', 'Three']);
  });
});

describe('<note-composer>, discard', () => {
  it('asks where there is a text, and throws it away on yes only', async () => {
    const client = writer();
    const element = await composer(client);
    expect(buttonsIn(element).map(textOf)).to.deep.equal(['Share']);
    await write(element, 'No, not that');
    const ask = async (answer: string): Promise<void> => {
      buttonNamed(element, 'Discard').click();
      await settled(element);
      const dialog = part(element, 'dialog', HTMLDialogElement);
      expect(dialog.open).to.equal(true);
      expect(textOf(dialog)).to.contain('No, not that Sam Rivera has not seen it. You can’t get it back.');
      [...dialog.querySelectorAll('button')].find((button) => textOf(button) === answer)!.click();
      await settled(element);
    };
    await ask('Keep it');
    expect(fieldOf(element).value).to.equal('No, not that');
    await ask('Discard');
    expect(commandsOf(client)).to.deep.equal([['discardNote', 'draft-1']]);
    expect([fieldOf(element).value, element.shadowRoot!.activeElement]).to.deep.equal(['', fieldOf(element)]);
    expect(element.shadowRoot!.querySelector('dialog')?.open ?? false).to.equal(false);
  });

  it('throws a refused note away too, and leaves the one in the field', async () => {
    const client = writer({ session: () => ({ outbox: [queued({ state: 'refused', error: failed('not-found') })] }) });
    const element = await composer(client);
    await write(element, 'In the field');
    [...part(element, '.outbox').querySelectorAll('button')].find((one) => textOf(one) === 'Discard')!.click();
    await settled(element);
    expect(textOf(part(element, 'dialog'))).to.contain('Rest.');
    part(element, 'dialog .danger').click();
    await settled(element);
    expect([commandsOf(client), fieldOf(element).value, listed(element)]).to.deep.equal([
      [['discardNote', 'o1']],
      'In the field',
      [],
    ]);
  });
});

describe('<note-composer>, where a note is kept', () => {
  it('says it, and asks before it would be lost', async () => {
    const client = writer();
    const element = await composer(client);
    expect([statusOf(element).includes('shares it'), asksBeforeUnload()]).to.deep.equal([true, false]);
    await write(element, 'Half');
    const states = [
      [{ state: 'device', saving: true }, 'Saving…', true],
      [{ state: 'device', saving: false }, 'Kept on this device until you share it.', false],
      [{ state: 'locked' }, 'Sign in again to keep it on this device.', true],
      [{ state: 'memory' }, 'Kept while this page is open, and not longer.', true],
    ] as const;
    for (const [state, words, asks] of states) {
      client.setKeeping(state);
      await settled(element);
      expect([statusOf(element), asksBeforeUnload()]).to.deep.equal([words, asks]);
    }
    await write(element, ' ');
    expect([statusOf(element).includes('Kept'), asksBeforeUnload()]).to.deep.equal([false, false]);
    await write(element, 'Half');
    element.remove();
    expect(asksBeforeUnload()).to.equal(false);
  });

  it('asks for a note of another session too, that waits in memory', async () => {
    const client = writer({ bookings: [SAM, LEE] });
    await composer(client, SAM.id);
    client.setKeeping({ state: 'memory' });
    client.session(LEE.id).set({ outbox: [queued({})] });
    expect(asksBeforeUnload()).to.equal(true);
  });

  it('warns on the last day of the week for which a draft is kept, and says when that is over', async () => {
    const begun = AT.talking - 6 * DAY + 60_000;
    const client = writer({ session: () => ({ drafts: [written({ content: 'Old', at: begun })] }) });
    client.setKeeping({ state: 'device' });
    const element = await composer(client);
    expect(element.shadowRoot!.querySelector('[part=warning]')).to.equal(null);
    client.time += 60_000;
    client.set({});
    await settled(element);
    const words = 'This draft is kept until Thursday 8 January, 10:15. Share it or copy it.';
    expect(textOf(part(element, '[part=warning]')).replace('tomorrow', 'Thursday 8 January')).to.equal(words);
    expect(buttonNamed(element, 'Copy')).to.be.instanceOf(HTMLButtonElement);
    await expect(element).to.be.accessible();
    client.time += DAY;
    client.session(SAM.id).set({});
    await settled(element);
    expect(element.shadowRoot!.querySelector('[part=warning]')).to.equal(null);
    expect([statusOf(element), asksBeforeUnload()]).to.deep.equal([
      'Kept while this page is open, and not longer.',
      true,
    ]);
  });
});

describe('<note-composer>, what is not here', () => {
  it('says that another tab writes a note, and for whom', async () => {
    const client = writer({ bookings: [SAM, LEE] });
    const element = await composer(client, SAM.id);
    client.setKeeping({ state: 'device', elsewhere: [SAM.id, LEE.id, SAM.id, 'unknown'] });
    await settled(element);
    expect(textOf(part(element, '.elsewhere'))).to.equal(
      'A note for Sam Rivera is being written in another tab. A note for Lee Kim is being written in another tab. A note is being written in another tab.',
    );
  });

  it('counts the notes of other sessions that are not shared, and leads to each', async () => {
    const client = writer({ bookings: [SAM, LEE] });
    const element = await composer(client, SAM.id);
    client.session(LEE.id).set({ drafts: [written({ content: 'a' })], outbox: [queued({})] });
    client.session(SAM.id).set({ outbox: [queued({ at: 0 })] });
    await settled(element);
    expect(textOf(part(element, '.elsewhere'))).to.equal(
      '2 notes for other sessions are not shared. Lee Kim today, 15:00',
    );
    const asked: unknown[] = [];
    const veto = (event: SessionChooseRequestEvent): void => {
      asked.push(event.bookingId);
      event.preventDefault();
    };
    element.addEventListener('session-choose-request', veto);
    buttonNamed(element, 'Lee Kim').click();
    await settled(element);
    expect([asked, textOf(part(element, 'h2'))]).to.deep.equal([[LEE.id], 'Note for Sam Rivera']);
    element.removeEventListener('session-choose-request', veto);
    buttonNamed(element, 'Lee Kim').click();
    await settled(element);
    expect([textOf(part(element, 'h2')), fieldOf(element).value]).to.deep.equal(['Note for Lee Kim', 'a']);
    await expect(element).to.be.accessible();
  });
});
