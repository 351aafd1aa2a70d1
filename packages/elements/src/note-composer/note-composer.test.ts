import { SessionError, type Booking } from '@active-session/core';
import { expect } from '@open-wc/testing';
import { AT, BOOKING, clientView, judged, MET, NOTE, notesView } from '../test-support/fixtures.js';
import { fakeClient, written } from '../test-support/fake-client.js';
import { buttonNamed, buttonsIn, heard, part, settled, textOf } from '../test-support/page.js';
import { commandsOf, composer, fieldOf, press, SAM, statusOf, write, writer } from './test-support/composing.js';

// eslint-disable-next-line @typescript-eslint/no-deprecated -- what Safari says of an Enter that ends a composition
const SAFARI_COMPOSING: KeyboardEventInit = { ctrlKey: true, keyCode: 229 };
const LEE: Booking = { ...BOOKING, id: 3, dateTime: '2026-01-07T11:00:00.000Z' };

describe('<note-composer>, whose chart it is', () => {
  it('says it, and when the session is, before anything is written', async () => {
    const element = await composer(writer());
    expect(textOf(part(element, '.whose'))).to.equal(
      'Note for Sam Rivera Session: today, 10:00. Sam Rivera reads it as soon as you share it.',
    );
    expect(fieldOf(element).getAttribute('aria-labelledby')).to.equal('whose');
    await expect(element).to.be.accessible();
  });

  it('says the time where a booking names nobody', async () => {
    const element = await composer(writer({ bookings: [LEE] }), LEE.id);
    expect(textOf(part(element, 'h2'))).to.equal('Note for Patient, 11:00');
  });

  it('keeps each text with its own booking', async () => {
    const element = await composer(writer({ bookings: [SAM, LEE] }), SAM.id);
    await write(element, 'For Sam only');
    element.bookingId = LEE.id;
    await settled(element);
    expect([textOf(part(element, 'h2')), fieldOf(element).value]).to.deep.equal(['Note for Patient, 11:00', '']);
    await write(element, 'For eleven o’clock');
    element.bookingId = String(SAM.id);
    await settled(element);
    expect([textOf(part(element, 'h2')), fieldOf(element).value]).to.deep.equal([
      'Note for Sam Rivera',
      'For Sam only',
    ]);
  });

  it('without a booking follows the session to join, and stays where something is written until that is shared', async () => {
    const client = writer({ bookings: [SAM, LEE] });
    const element = await composer(client);
    const join = async (booking: Booking): Promise<string> => {
      client.set({ active: judged(booking, AT.talking, 'provider') });
      await settled(element);
      return textOf(part(element, 'h2'));
    };
    expect(await join(LEE)).to.equal('Note for Patient, 11:00');
    expect(await join(SAM)).to.equal('Note for Sam Rivera');
    await write(element, 'Half');
    fieldOf(element).blur();
    expect(await join(LEE)).to.equal('Note for Sam Rivera');
    press(element, 'Enter', { ctrlKey: true });
    // Who is just going to write is not taken elsewhere either.
    expect(await join(LEE)).to.equal('Note for Sam Rivera');
    fieldOf(element).blur();
    client.set({});
    await settled(element);
    expect(textOf(part(element, 'h2'))).to.equal('Note for Patient, 11:00');
  });

  it('is nothing for a patient, and says so where there is no session', async () => {
    const patient = await composer(fakeClient({ now: AT.talking, bookings: [SAM] }), SAM.id);
    expect(patient.shadowRoot!.querySelector('textarea')).to.equal(null);
    const nobody = await composer(fakeClient({ bookings: [], role: 'provider' }));
    expect(textOf(nobody)).to.equal('Choose a session to write a note for it.');
  });
});

describe('<note-composer>, sharing', () => {
  it('shares with the keyboard, once, keeps the focus, and has room for the next one', async () => {
    for (const key of [{ ctrlKey: true }, { metaKey: true }]) {
      const client = writer();
      const element = await composer(client);
      fieldOf(element).focus();
      await write(element, 'Rest.');
      press(element, 'Enter', key);
      press(element, 'Enter', key);
      await settled(element);
      expect(commandsOf(client)).to.deep.equal([['shareNote', 'draft-1']]);
      expect([fieldOf(element).value, element.shadowRoot!.activeElement]).to.deep.equal(['', fieldOf(element)]);
      await write(element, 'Drink.');
      press(element, 'Enter', key);
      expect(commandsOf(client).at(-1)).to.deep.equal(['shareNote', 'draft-2']);
    }
  });

  it('shares nothing while a word is being composed, and nothing by Enter alone', async () => {
    const client = writer();
    const element = await composer(client);
    await write(element, 'にほん');
    press(element, 'Enter', { ctrlKey: true, isComposing: true });
    press(element, 'Enter', SAFARI_COMPOSING);
    press(element, 'Enter', {});
    expect(commandsOf(client)).to.deep.equal([]);
    press(element, 'Enter', { ctrlKey: true });
    expect(commandsOf(client)).to.deep.equal([['shareNote', 'draft-1']]);
  });

  it('leaves what is being composed as it is when something else changes', async () => {
    const client = writer();
    const element = await composer(client);
    await write(element, 'にほん');
    fieldOf(element).setSelectionRange(1, 1);
    client.setKeeping({ state: 'device', saving: true });
    await settled(element);
    expect([fieldOf(element).value, fieldOf(element).selectionStart]).to.deep.equal(['にほん', 1]);
  });

  it('sends the label that was chosen; the next note has none', async () => {
    const client = writer();
    const element = await composer(client);
    await write(element, 'Twice a day.');
    const select = part(element, 'select', HTMLSelectElement);
    expect([...select.options].map(textOf)).to.deep.equal([
      'No label',
      'Diagnosis',
      'Recommendation',
      'Follow-up',
      'Resource or link',
      'Prescription or care plan',
    ]);
    select.value = 'prescription';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    buttonNamed(element, 'Share').click();
    await settled(element);
    const [item] = client.session(SAM.id).view.getSnapshot().outbox;
    expect([item?.content, item?.kind, select.value]).to.deep.equal(['Twice a day.', 'prescription', '']);
    expect(element.shadowRoot!.activeElement).to.equal(fieldOf(element));
  });

  it('shares nothing that is blank', async () => {
    const client = writer();
    const element = await composer(client);
    await write(element, ' \n ');
    buttonNamed(element, 'Share').click();
    expect(commandsOf(client)).to.deep.equal([]);
  });

  it('says what was sent, once, and what was refused', async () => {
    const client = writer();
    const element = await composer(client);
    const said = heard(element);
    const session = client.session(SAM.id);
    await write(element, 'Rest.');
    press(element, 'Enter', { ctrlKey: true });
    await settled(element);
    session.set({ outbox: [], notes: notesView([{ ...NOTE, content: 'Rest.' }]) });
    await settled(element);
    expect([said, statusOf(element)]).to.deep.equal([['Shared with Sam Rivera.'], 'Shared with Sam Rivera.']);
    await write(element, 'D');
    expect(statusOf(element)).to.not.contain('Shared');
    const refused = written({ id: 'o1', content: 'No', state: 'refused', error: new SessionError('forbidden', 'x') });
    session.set({ outbox: [{ ...refused, state: 'sending', error: null }] });
    await settled(element);
    session.set({ outbox: [refused] });
    await settled(element);
    expect(said).to.deep.equal(['Shared with Sam Rivera.', 'A note for Sam Rivera was not shared.']);
  });

  it('does not list a note that is sent at once', async () => {
    const client = writer();
    const element = await composer(client);
    client.session(SAM.id).set({ outbox: [written({ id: 'o1', content: 'x', state: 'sending', at: client.time })] });
    await settled(element);
    expect([element.shadowRoot!.querySelector('.outbox'), statusOf(element)]).to.deep.equal([null, 'Sending…']);
    client.time += 1_000;
    client.set({});
    await settled(element);
    expect(textOf(part(element, '.outbox'))).to.contain('Sending…');
  });
});

describe('<note-composer>, long and strange texts', () => {
  it('takes a paste of 20,000 characters whole, says by how much it is too long, and does not share it', async () => {
    const client = writer();
    const element = await composer(client);
    const said = heard(element);
    await write(element, 'a'.repeat(20_000));
    expect(fieldOf(element).value).to.have.length(20_000);
    const words = 'This note is too long by 10000 characters. Make it shorter, or share two notes.';
    expect(textOf(part(element, '#problem'))).to.equal(words);
    expect([fieldOf(element).getAttribute('aria-invalid'), fieldOf(element).hasAttribute('maxlength')]).to.deep.equal([
      'true',
      false,
    ]);
    expect(said).to.deep.equal([words]);
    press(element, 'Enter', { ctrlKey: true });
    expect(commandsOf(client)).to.deep.equal([]);
    await expect(element).to.be.accessible();
    await write(element, 'a'.repeat(10_000));
    press(element, 'Enter', { ctrlKey: true });
    expect(commandsOf(client)).to.have.length(1);
  });

  it('counts emoji as one, says how many fit only near the end, and shares a full note', async () => {
    const client = writer();
    const element = await composer(client);
    const room = (): string | undefined => element.shadowRoot!.querySelector('#problem')?.textContent.trim();
    await write(element, '😀'.repeat(9_499));
    expect(room()).to.equal(undefined);
    await write(element, '😀'.repeat(9_999));
    expect(room()).to.equal('1 more character fits.');
    await write(element, '😀'.repeat(10_001));
    expect(room()).to.contain('too long by 1 character.');
    await write(element, '😀'.repeat(10_000));
    expect(room()).to.equal('0 more characters fit.');
    press(element, 'Enter', { ctrlKey: true });
    expect(commandsOf(client)).to.have.length(1);
  });

  it('says that hidden signs can’t be shared, and removes them', async () => {
    const client = writer();
    const element = await composer(client);
    await write(element, 'one\u000ctwo\u0007');
    expect(textOf(part(element, '.problem'))).to.contain('There are hidden signs in this text.');
    press(element, 'Enter', { ctrlKey: true });
    expect(commandsOf(client)).to.deep.equal([]);
    buttonNamed(element, 'Remove them').click();
    await settled(element);
    expect([fieldOf(element).value, element.shadowRoot!.querySelector('.problem')]).to.deep.equal(['one\ntwo', null]);
  });

  it('grows with its text, and scrolls from some height on', async () => {
    const element = await composer(writer());
    const before = fieldOf(element).offsetHeight;
    await write(element, 'line\n'.repeat(8));
    const some = fieldOf(element).offsetHeight;
    expect(some).to.be.greaterThan(before);
    await write(element, 'line\n'.repeat(200));
    expect(fieldOf(element).offsetHeight).to.be.lessThan(window.innerHeight);
    expect(fieldOf(element).scrollHeight).to.be.greaterThan(fieldOf(element).clientHeight);
  });

  it('reads from the right where the text does', async () => {
    const client = writer({ bookings: [{ ...SAM, patientName: 'سام' }] });
    const element = await composer(client);
    await write(element, 'راحة، ثم موعد بعد أسبوعين.');
    expect(getComputedStyle(fieldOf(element)).direction).to.equal('rtl');
    expect(textOf(part(element, 'h2')).replaceAll(/[\u2066-\u2069]/g, '')).to.equal('Note for سام');
    await write(element, 'Rest.');
    expect(getComputedStyle(fieldOf(element)).direction).to.equal('ltr');
  });
});

describe('<note-composer>, where nothing can be written', () => {
  const cases = [
    ['before the session', { phase: 'upcoming' as const }, 'You can write notes during and after the session.'],
    ['a cancelled one', { phase: 'cancelled' as const }, 'This session was cancelled. Notes for it can’t be shared.'],
    ['somebody else’s by now', { booking: null, phase: null }, 'This session is not yours any more.'],
  ] as const;
  for (const [name, change, words] of cases) {
    it(`says why, and keeps the text to copy: ${name}`, async () => {
      const client = writer();
      const element = await composer(client);
      await write(element, 'Half');
      client
        .session(SAM.id)
        .set({ canWrite: false, ...change, ...(name === 'somebody else’s by now' ? { state: 'missing' } : {}) });
      await settled(element);
      expect(textOf(part(element, '#closed'))).to.contain(words);
      expect([fieldOf(element).readOnly, fieldOf(element).value]).to.deep.equal([true, 'Half']);
      press(element, 'Enter', { ctrlKey: true });
      expect(buttonsIn(element).map(textOf)).to.deep.equal(['Copy', 'Discard']);
      expect(commandsOf(client)).to.deep.equal([]);
      await expect(element).to.be.accessible();
    });
  }

  it('says that the backend takes none', async () => {
    const client = writer({ session: () => ({ canWrite: false }) });
    client.set({ can: { ...client.getSnapshot().can, writeNotes: false } });
    expect(textOf(part(await composer(client), '#closed'))).to.equal('Notes can’t be shared here.');
  });

  it('takes late notes after the end', async () => {
    const ended: Booking = { ...MET, patientName: 'Sam Rivera', status: 'completed' };
    const client = writer({ bookings: [ended] });
    const element = await composer(client, ended.id);
    await write(element, 'Late.');
    press(element, 'Enter', { ctrlKey: true });
    expect(client.session(ended.id).commands).to.deep.equal([['shareNote', 'draft-1']]);
  });

  it('says that nothing can be reached', async () => {
    const client = writer({ view: clientView([], { state: 'failed', error: new SessionError('network', 'x') }) });
    const element = await composer(client);
    expect(textOf(element)).to.contain('We can’t reach your appointments right now. Check your connection');
    buttonNamed(element, 'Try again').click();
    expect(client.commands).to.deep.equal([['refresh']]);
  });

  it('keeps nothing of a provider who has signed out', async () => {
    const element = await composer(writer());
    await write(element, 'About Sam');
    element.client = writer();
    await settled(element);
    expect(fieldOf(element).value).to.equal('');
  });
});
