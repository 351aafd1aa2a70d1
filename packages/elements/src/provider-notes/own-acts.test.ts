import { SessionError, type Booking, type ProviderNote } from '@active-session/core';
import { expect, fixture, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import type { NoteComposer } from '../note-composer/note-composer.js';
import { fakeClient, type FakeClient, type FakeClientOptions } from '../test-support/fake-client.js';
import { AT, MET, NOTE, notesView } from '../test-support/fixtures.js';
import { focused, press } from '../test-support/keyboard.js';
import { expectNothingLeft } from '../test-support/mounts.js';
import { manyNote, manyNotes, NOTES } from '../test-support/notes.js';
import { buttonNamed, buttonsIn, mount, part, settled, textOf } from '../test-support/page.js';
import { inScope } from '../test-support/render.js';
import { replace } from '../test-support/replace.js';
import type { NoteAmendRequestEvent, NoteWithdrawRequestEvent } from './provider-notes.events.js';
import type { ProviderNotes } from './provider-notes.js';

const SAM: Booking = { ...MET, patientName: 'Sam Rivera' };
const [ONE = NOTE, TWO = NOTE] = NOTES;
const SHARED: readonly ProviderNote[] = [ONE, TWO];

function talking(options: FakeClientOptions = {}): FakeClient {
  const notes = notesView(SHARED);
  return fakeClient({ now: AT.talking, bookings: [SAM], role: 'provider', session: () => ({ notes }), ...options });
}
const shown = (client: FakeClient, all = false): Promise<ProviderNotes> =>
  mount('provider-notes', client, html`<provider-notes time-zone="Europe/London" ?all=${all}></provider-notes>`);
const acts = (element: ProviderNotes): readonly string[] =>
  [...element.shadowRoot!.querySelectorAll<HTMLElement>('.own button')].map(textOf);
const dialogOf = (element: ProviderNotes): HTMLDialogElement => part(element, 'dialog', HTMLDialogElement);

/** Notes and the field to write in, as a page has them side by side. */
async function desk(client: FakeClient): Promise<{ notes: ProviderNotes; composer: NoteComposer }> {
  const page = await fixture(
    inScope(
      client,
      html`<provider-notes time-zone="Europe/London" no-tools></provider-notes
        ><note-composer time-zone="Europe/London" .bookingId=${SAM.id}></note-composer>`,
    ),
  );
  const [notes, composer] = [page.querySelector('provider-notes'), page.querySelector('note-composer')];
  if (notes === null || composer === null) throw new Error('The page is not whole.');
  await settled(notes);
  await settled(composer);
  return { notes, composer };
}

describe('<provider-notes>, what the session’s provider can do', () => {
  it('offers to correct and to withdraw each note beside its copy', async () => {
    const element = await shown(talking());
    expect(textOf(part(element, 'h2'))).to.equal('Shared with Sam Rivera');
    expect(buttonsIn(element).map(textOf).slice(-6)).to.deep.equal([
      'Copy',
      'Correct',
      'Withdraw',
      'Copy',
      'Correct',
      'Withdraw',
    ]);
    await expect(element).to.be.accessible();
  });

  it('offers nothing of it to a patient, nor for a note without an id, nor where the backend or the rules have it not', async () => {
    const patient = await shown(talking({ role: 'patient' }));
    expect(patient.shadowRoot!.querySelector('[data-act=amend], [data-act=withdraw]')).to.equal(null);
    const nameless = talking({ session: () => ({ notes: notesView([NOTE]) }) });
    expect(acts(await shown(nameless))).to.deep.equal([]);
    const notes = notesView([ONE]);
    expect(acts(await shown(talking({ session: () => ({ notes, canWrite: false }) })))).to.deep.equal(['Withdraw']);
    const client = talking({ session: () => ({ notes }) });
    client.set({ can: { ...client.getSnapshot().can, withdrawNotes: false } });
    expect(acts(await shown(client))).to.deep.equal(['Correct']);
  });

  it('follows what the provider may do now', async () => {
    const client = talking();
    const element = await shown(client);
    client.session(SAM.id).set({ canWrite: false });
    await settled(element);
    expect(acts(element)).to.deep.equal(['Withdraw', 'Withdraw']);
    client.session(SAM.id).set({ canWrite: true });
    await settled(element);
    expect(acts(element)).to.have.length(4);
  });

  it('has one listener for 10,000 notes, and makes none anew when one more comes', async () => {
    const many = manyNotes(10_000);
    const client = talking({ session: () => ({ notes: notesView(many) }) });
    let listeners = 0;
    // eslint-disable-next-line @typescript-eslint/unbound-method -- it is called with its own `this`
    const add = EventTarget.prototype.addEventListener;
    const undo = replace(
      HTMLButtonElement.prototype,
      'addEventListener',
      function (this: EventTarget, ...given: readonly unknown[]) {
        listeners += 1;
        Reflect.apply(add, this, given);
      },
    );
    const element = await shown(client).finally(undo);
    expect(listeners).to.be.lessThan(10);
    const before = [...element.shadowRoot!.querySelectorAll('.own')];
    expect(before).to.have.length(10_000);
    client.session(SAM.id).set({ notes: notesView([...many, manyNote(10_000)]) });
    await settled(element);
    const after = [...element.shadowRoot!.querySelectorAll('.own')];
    expect([after.length, before.filter((one, index) => one !== after[index]).length]).to.deep.equal([10_001, 0]);
    element.remove();
  }).timeout(30_000);
});

describe('<provider-notes>, a correction', () => {
  it('is begun in the field of the session, empty, and names the note', async () => {
    const client = talking();
    const { notes, composer } = await desk(client);
    buttonNamed(notes, 'Correct').click();
    await settled(composer);
    const field = part(composer, 'textarea', HTMLTextAreaElement);
    expect([field.value, focused()]).to.deep.equal(['', field]);
    expect(textOf(part(composer, '#corrects'))).to.equal(
      'Corrects the note of 10:12 Mild tension headache. Not a correction',
    );
    field.value = 'Migraine.';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await settled(composer);
    buttonNamed(composer, 'Share').click();
    const [sent] = client.session(SAM.id).getSnapshot().outbox;
    expect([sent?.content, sent?.amends]).to.deep.equal(['Migraine.', 'n1']);
    await settled(composer);
    expect(composer.shadowRoot!.querySelector('#corrects')).to.equal(null);
  });

  it('leaves what was in the field as a draft, is begun once, and is none on second thoughts', async () => {
    const client = talking();
    const { notes, composer } = await desk(client);
    const field = part(composer, 'textarea', HTMLTextAreaElement);
    field.value = 'Half';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    buttonNamed(notes, 'Correct').click();
    buttonNamed(notes, 'Correct').click();
    await settled(composer);
    const drafts = (): unknown =>
      client
        .session(SAM.id)
        .getSnapshot()
        .drafts.map((one) => [one.content, one.amends]);
    expect(drafts()).to.deep.equal([
      ['Half', undefined],
      ['', 'n1'],
    ]);
    expect(textOf(part(composer, '.outbox'))).to.contain('Half Draft.');
    buttonNamed(composer, 'Not a correction').click();
    await settled(composer);
    buttonNamed(composer, 'Go on with this one').click();
    await settled(composer);
    expect([drafts(), field.value]).to.deep.equal([[['Half', undefined]], 'Half']);
  });

  it('is the portal’s own where it cancels the request', async () => {
    const client = talking();
    const element = await shown(client);
    const asked: unknown[] = [];
    element.addEventListener('note-amend-request', (event: NoteAmendRequestEvent) => {
      asked.push([event.bookingId, event.noteId]);
      event.preventDefault();
    });
    buttonNamed(element, 'Correct').click();
    expect([asked, client.session(SAM.id).getSnapshot().drafts]).to.deep.equal([[[SAM.id, 'n1']], []]);
  });

  it('asks for its session where the notes of all are shown', async () => {
    const client = talking();
    const element = await shown(client, true);
    const asked: unknown[] = [];
    element.addEventListener('session-choose-request', ({ bookingId }) => asked.push(bookingId));
    buttonNamed(element, 'Correct').click();
    expect(asked).to.deep.equal([SAM.id]);
  });
});

describe('<provider-notes>, a withdrawal', () => {
  const confirm = (element: ProviderNotes): HTMLElement => part(element, '[part=confirm-withdraw-button]');

  it('asks, with the note and what it means, and takes it out of sight', async () => {
    const client = talking();
    client.answer.withdrawNote = async () => ({ ...ONE, withdrawnAt: '2026-01-07T10:14:04.000Z' });
    const element = await shown(client);
    buttonNamed(element, 'Withdraw').click();
    await settled(element);
    expect(textOf(dialogOf(element))).to.equal(
      'Withdraw this note? Mild tension headache. Sam Rivera no longer sees it. It stays in the record. Withdraw Keep it shared',
    );
    await expect(element).to.be.accessible();
    confirm(element).click();
    await waitUntil(() => !dialogOf(element).open);
    await settled(element);
    expect(client.commands).to.deep.equal([['withdrawNote', SAM.id, 'n1']]);
    const [item] = element.shadowRoot!.querySelectorAll<HTMLElement>('[role=listitem]');
    expect(textOf(item!)).to.equal(
      'Dr. Smith Diagnosis 7 January 2026, 10:12 GMT A note was withdrawn on 7 January 2026, 10:14 GMT. Your patient no longer sees it. Mild tension headache. Copy',
    );
    expect(textOf(part(element, '[role=status]'))).to.equal('The note is withdrawn.');
    await waitUntil(() => focused() === item);
  });

  it('copies the text alone of one that was withdrawn, for another chart', async () => {
    const gone = { ...ONE, withdrawnAt: NOTE.timestamp };
    const element = await shown(talking({ session: () => ({ notes: notesView([gone]) }) }));
    const texts: string[] = [];
    const undo = replace(navigator, 'clipboard', { writeText: async (text) => void texts.push(text) } as Clipboard);
    try {
      buttonNamed(element, 'Copy').click();
      await waitUntil(() => texts.length > 0);
    } finally {
      undo();
    }
    expect(texts).to.deep.equal(['Mild tension headache.']);
  });

  it('shows a patient neither its text nor these buttons', async () => {
    const notes = notesView([{ ...ONE, withdrawnAt: NOTE.timestamp }]);
    const element = await shown(talking({ role: 'patient', session: () => ({ notes }) }));
    expect(textOf(element)).to.contain('Its text is no longer shown.').and.not.to.contain('headache');
  });

  it('says why it did not work, tries again, and asks once at a time', async () => {
    const client = talking();
    client.answer.withdrawNote = () => Promise.reject(new SessionError('network', 'x'));
    const element = await shown(client);
    buttonNamed(element, 'Withdraw').click();
    await settled(element);
    confirm(element).click();
    confirm(element).click();
    await waitUntil(() => element.shadowRoot!.querySelector('dialog .notice') !== null);
    expect(client.commands).to.have.length(1);
    expect(textOf(dialogOf(element))).to.contain(
      'The note is still shared. We can’t reach the clinic right now. Check your connection, then try again.',
    );
    expect(textOf(confirm(element))).to.equal('Try again');
    client.answer.withdrawNote = async (id) => ({ ...ONE, id, withdrawnAt: NOTE.timestamp });
    confirm(element).click();
    await waitUntil(() => !dialogOf(element).open);
    expect(client.commands).to.have.length(2);
  });

  it('that failed is said, also of a note that is not asked about any more', async () => {
    const client = talking();
    let fail = (_: Error): void => undefined;
    client.answer.withdrawNote = () => new Promise((_, reject) => (fail = reject));
    const element = await shown(client);
    buttonNamed(element, 'Withdraw').click();
    await settled(element);
    confirm(element).click();
    await settled(element);
    buttonNamed(element, 'Keep it shared').click();
    await settled(element);
    part(element, '[part=withdraw-button]').click();
    await settled(element);
    fail(new SessionError('network', 'x'));
    await waitUntil(() => textOf(part(element, '[role=status]')) !== '');
    expect(textOf(part(element, '[role=status]'))).to.contain('still shared');
    expect(dialogOf(element).open).to.equal(true);
  });

  it('does nothing on “no”, nor where the portal forbids it', async () => {
    const client = talking();
    const element = await shown(client);
    buttonNamed(element, 'Withdraw').click();
    await settled(element);
    buttonNamed(element, 'Keep it shared').click();
    await settled(element);
    expect(dialogOf(element).open).to.equal(false);
    const asked: unknown[] = [];
    element.addEventListener('note-withdraw-request', (event: NoteWithdrawRequestEvent) => {
      asked.push([event.bookingId, event.noteId]);
      event.preventDefault();
    });
    buttonNamed(element, 'Withdraw').click();
    await settled(element);
    confirm(element).click();
    await settled(element);
    expect([asked, client.commands, dialogOf(element).open]).to.deep.equal([[[SAM.id, 'n1']], [], false]);
  });

  it('leaves nothing behind, in the middle of its question', async () => {
    await expectNothingLeft({
      client: () => talking(),
      make: (client) => Object.assign(document.createElement('provider-notes'), { client }),
      async use(element) {
        part(element, '[part=withdraw-button]').click();
        await settled(element);
      },
    });
  });

  it('closes its question when somebody signs out', async () => {
    const client = talking();
    const element = await shown(client);
    buttonNamed(element, 'Withdraw').click();
    await settled(element);
    client.set({ state: 'signed-out' });
    await settled(element);
    expect(textOf(element)).to.equal('You are signed out.');
  });
});

describe('a provider with a keyboard alone', () => {
  it('writes, labels, shares, writes the next one, corrects and withdraws', async () => {
    const client = talking();
    const { notes, composer } = await desk(client);
    const name = (): string => {
      const at = focused();
      return at instanceof HTMLElement ? (at.getAttribute('part') ?? at.id) || at.localName : '';
    };
    const tabTo = async (wanted: string, key = 'Tab'): Promise<void> => {
      for (let step = 0; step < 30 && name() !== wanted; step += 1) await press(key);
      expect(name()).to.equal(wanted);
    };
    const field = part(composer, 'textarea', HTMLTextAreaElement);
    field.focus();
    for (const key of ['R', 'e', 's', 't']) await press(key);
    await press('Tab');
    expect(name()).to.equal('kind-select');
    await press('ArrowDown');
    await press('Shift+Tab');
    await press('Control+Enter');
    await settled(composer);
    const { outbox } = client.session(SAM.id).getSnapshot();
    expect(outbox.map((one) => [one.content, one.kind])).to.deep.equal([['Rest', 'diagnosis']]);
    expect([focused() === field, field.value]).to.deep.equal([true, '']);
    await press('N');
    expect(field.value).to.equal('N');
    await press('Backspace');
    await tabTo('correct-button', 'Shift+Tab');
    await press('Enter');
    await settled(composer);
    expect(focused()).to.equal(field);
    expect(
      client
        .session(SAM.id)
        .getSnapshot()
        .drafts.map(({ amends }) => amends),
    ).to.deep.equal(['n2']);
    await tabTo('withdraw-button', 'Shift+Tab');
    await press('Enter');
    await settled(notes);
    expect(name()).to.equal('withdraw-question');
    await press('Escape');
    await settled(notes);
    expect(name()).to.equal('withdraw-button');
    await press('Enter');
    await settled(notes);
    await tabTo('confirm-withdraw-button');
    await press('Enter');
    await waitUntil(() => client.commands.length > 0);
    expect(client.commands).to.deep.equal([['withdrawNote', SAM.id, 'n2']]);
  }).timeout(30_000);
});
