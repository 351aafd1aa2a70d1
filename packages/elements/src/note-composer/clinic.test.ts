import type { BookingId, ProviderNote, SessionClient } from '@active-session/core';
import { SessionError } from '@active-session/core';
import {
  createClinic,
  createSimulatedClock,
  type Clinic,
  type Page,
  type SimulatedClock,
} from '@active-session/testing';
import { expect, fixture, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { buttonNamed, part, settled, textOf } from '../test-support/page.js';
import { inScope } from '../test-support/render.js';
import { fieldOf, press, statusOf, write } from './test-support/composing.js';
import type { NoteComposer } from './note-composer.js';

interface Desk {
  readonly composer: NoteComposer;
  readonly notes: HTMLElement;
}

let clock: SimulatedClock;
let clinic: Clinic<SimulatedClock>;
let id: BookingId;

async function desk(client: SessionClient): Promise<Desk> {
  await waitUntil(() => client.getSnapshot().state === 'ready');
  const page = await fixture(
    inScope(
      client,
      html`<provider-notes .bookingId=${id}></provider-notes><note-composer .bookingId=${id}></note-composer>`,
    ),
  );
  const [notes, composer] = [page.querySelector('provider-notes'), page.querySelector('note-composer')];
  if (notes === null || composer === null) throw new Error('The page is not whole.');
  await waitUntil(() => composer.shadowRoot?.querySelector('textarea') !== null);
  return { composer, notes };
}

/** What the patient has of it. */
async function read(isEnough: (notes: readonly ProviderNote[]) => boolean): Promise<readonly ProviderNote[]> {
  const { client } = clinic.open('ann');
  const session = client.session(id);
  const watching = session.subscribe(() => undefined);
  await waitUntil(() => isEnough(session.getSnapshot().notes.notes));
  watching.unsubscribe();
  client.close();
  return session.getSnapshot().notes.notes;
}

async function share({ composer }: Desk, text: string): Promise<void> {
  await write(composer, text);
  press(composer, 'Enter', { ctrlKey: true });
  await settled(composer);
}

describe('<note-composer> at a clinic', () => {
  let page: Page;
  beforeEach(() => {
    clock = createSimulatedClock();
    clinic = createClinic({ clock });
    ({ id } = clinic.book({ startsIn: 0 }));
    page = clinic.open('dr-smith');
  });
  afterEach(() => page.client.close());

  it('shares one note after the other, corrects one, and withdraws one', async () => {
    const at = await desk(page.client);
    await share(at, 'Ibuprofen 600 mg.');
    await waitUntil(() => statusOf(at.composer) === 'Shared with Ann Lee.');
    await share(at, 'About somebody else.');
    await waitUntil(() => textOf(at.notes).includes('About somebody else.'));
    buttonNamed(at.notes, 'Correct').click();
    await waitUntil(() => at.composer.shadowRoot?.querySelector('#corrects') !== null);
    expect([fieldOf(at.composer).value, at.composer.shadowRoot?.activeElement]).to.deep.equal([
      '',
      fieldOf(at.composer),
    ]);
    await share(at, 'Ibuprofen 400 mg.');
    await waitUntil(() => textOf(at.notes).includes('Ibuprofen 400 mg.'));
    [...at.notes.shadowRoot!.querySelectorAll<HTMLElement>('[part=withdraw-button]')][1]!.click();
    await settled(at.composer);
    await waitUntil(() => at.notes.shadowRoot?.querySelector('dialog')?.open === true);
    part(at.notes, '[part=confirm-withdraw-button]').click();
    await waitUntil(() => textOf(at.notes).includes('Your patient no longer sees it. About somebody else.'));
    const notes = await read(({ length }) => length === 3);
    expect(notes.map(({ content, amends, withdrawnAt }) => [content, amends, withdrawnAt !== undefined])).to.deep.equal(
      [
        ['Ibuprofen 600 mg.', undefined, false],
        ['', undefined, true],
        ['Ibuprofen 400 mg.', notes[0]?.id, false],
      ],
    );
    expect(page.client.getSnapshot().unsent).to.deep.equal([]);
  });

  it('says why a note was refused, and shares it once its text was changed', async () => {
    clinic.backend.fail('notes.add', new SessionError('forbidden', 'A firewall did not like it.'));
    const at = await desk(page.client);
    await share(at, 'select * from tables');
    await waitUntil(() => textOf(at.composer).includes('The server did not take this note.'));
    buttonNamed(at.composer, 'Change the text').click();
    await settled(at.composer);
    expect(fieldOf(at.composer).value).to.equal('select * from tables');
    await share(at, 'Choose one of these.');
    const notes = await read(({ length }) => length > 0);
    expect(notes.map(({ content }) => content)).to.deep.equal(['Choose one of these.']);
  });

  it('says that the other tab writes, and goes on with the draft when that is gone', async () => {
    const at = await desk(page.client);
    await write(at.composer, 'Half a sentence');
    await waitUntil(() => statusOf(at.composer) === 'Kept on this device until you share it.');
    const other = clinic.open('dr-smith', { besides: page });
    const beside = await desk(other.client);
    await waitUntil(() => textOf(beside.composer).includes('A note for Ann Lee is being written in another tab.'));
    expect(fieldOf(beside.composer).value).to.equal('');
    page.crash();
    other.platform.wakeUp('visible');
    await waitUntil(() => fieldOf(beside.composer).value === 'Half a sentence');
    await settled(beside.composer);
    expect(textOf(beside.composer)).to.not.contain('another tab');
    other.client.close();
  });
});
