import { SessionError, type ProviderNote } from '@active-session/core';
import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { fakeClient, type FakeClient } from '../test-support/fake-client.js';
import { AT, BOOKING, COMPLETED, NO_NOTES, NOTE, notesView } from '../test-support/fixtures.js';
import { buttonNamed, mount, settled, textOf } from '../test-support/page.js';
import type { ProviderNotes } from './provider-notes.js';

const withNotes = (...notes: readonly ProviderNote[]): FakeClient =>
  fakeClient({ now: AT.ended, bookings: [COMPLETED], session: () => ({ notes: notesView(notes) }) });
const shown = (client: FakeClient): Promise<ProviderNotes> =>
  mount('provider-notes', client, html`<provider-notes time-zone="Europe/London"></provider-notes>`);
const items = (element: ProviderNotes): readonly Element[] => [
  ...(element.shadowRoot?.querySelectorAll('[role=listitem]') ?? []),
];

describe('<provider-notes>', () => {
  it('shows provider, time with zone, and content, as a list', async () => {
    const element = await shown(withNotes(NOTE));
    expect(textOf(element)).to.contain('Notes from Dr. Smith');
    expect(items(element).map(textOf)).to.deep.equal([
      'Dr. Smith 7 January 2026, 10:30 GMT Follow-up in 2 weeks. Prescribed medication X. Copy',
    ]);
    expect(element.shadowRoot?.querySelector('time')?.dateTime).to.equal('2026-01-07T10:30:00.000Z');
    await expect(element).to.be.accessible();
  });

  it('keeps the order of the session, and the kinds', async () => {
    const element = await shown(
      withNotes({ ...NOTE, id: 'b', kind: 'diagnosis' }, { ...NOTE, id: 'a', content: 'Then.' }),
    );
    expect(items(element).map((item) => textOf(item).includes('Then.'))).to.deep.equal([false, true]);
    expect(textOf(items(element)[0]!)).to.contain('Diagnosis');
  });

  const payloads = [
    '<img src=x onerror="document.title=1">',
    '<script>document.title=1</script>',
    '</p><iframe srcdoc="<script>1</script>"></iframe>',
    '${alert(1)} {{constructor.constructor("alert(1)")()}}',
    '[click](javascript:alert(1))',
    '"><svg onload=alert(1)>',
    'https://nhs.uk/"><script>alert(1)</script>',
  ];
  for (const content of payloads) {
    it(`shows ${content} as text`, async () => {
      const element = await shown(withNotes({ ...NOTE, content, providerName: content.slice(0, 100) }));
      const text = element.shadowRoot!.querySelector('.text')!;
      expect(text.textContent.replace(' (opens in a new tab)', '')).to.equal(content);
      expect(element.shadowRoot!.querySelector('script, img, iframe, svg')).to.equal(null);
      for (const link of text.querySelectorAll('a')) expect(link.protocol).to.equal('https:');
    });
  }

  it('opens links apart, without a way back, and keeps line breaks', async () => {
    const element = await shown(withNotes({ ...NOTE, content: 'One\n\nhttps://nhs.uk/a.\nTwo' }));
    const link = element.shadowRoot!.querySelector('a')!;
    expect(link.href).to.equal('https://nhs.uk/a');
    expect(link.rel).to.equal('noopener noreferrer');
    expect(link.target).to.equal('_blank');
    const text = element.shadowRoot!.querySelector<HTMLElement>('.text')!;
    expect(text.innerText).to.contain('One\n\nhttps://nhs.uk/a');
    expect(text.dir).to.equal('auto');
  });

  it('says that a note was withdrawn, and not what it said', async () => {
    const element = await shown(withNotes({ ...NOTE, id: 'w', withdrawnAt: '2026-01-07T10:40:00.000Z' }));
    expect(textOf(element)).to.contain('A note was withdrawn on 7 January 2026, 10:40 GMT.');
    expect(textOf(element)).to.not.contain('Prescribed');
  });

  it('announces a note that comes while one reads, and none of those that were there', async () => {
    const client = withNotes(NOTE);
    const element = await shown(client);
    const region = element.shadowRoot!.querySelector('[role=status]')!;
    expect(textOf(region)).to.equal('');
    client.session(BOOKING.id).set({ notes: notesView([NOTE, { ...NOTE, id: 'new', content: 'Rest.' }]) });
    await settled(element);
    expect(textOf(region)).to.equal('New note from Dr. Smith.');
    expect(items(element)).to.have.length(2);
  });

  it('does not announce to a provider what they wrote', async () => {
    const client = fakeClient({ now: AT.open, role: 'provider' });
    const element = await shown(client);
    client.session(BOOKING.id).set({ notes: notesView([NOTE]) });
    await settled(element);
    expect(textOf(element.shadowRoot!.querySelector('[role=status]')!)).to.equal('');
  });

  it('says that there are none yet, and that they are loading', async () => {
    const empty = await shown(withNotes());
    expect(textOf(empty)).to.contain('No notes yet. What Dr. Smith shares with you appears here and stays.');
    await expect(empty).to.be.accessible();
    const loading = await shown(
      fakeClient({ now: AT.open, session: () => ({ notes: { ...NO_NOTES, state: 'loading' } }) }),
    );
    expect(textOf(loading)).to.contain('Loading the notes…');
    await expect(loading).to.be.accessible();
  });

  it('keeps what it has when reading fails, and reads again when asked', async () => {
    const client = withNotes(NOTE);
    const element = await shown(client);
    const error = new SessionError('network', 'offline');
    client.session(BOOKING.id).set({ notes: { ...notesView([NOTE]), state: 'failed', error } });
    await settled(element);
    expect(textOf(element)).to.contain('Prescribed medication X.');
    expect(textOf(element)).to.contain('We can’t look for new notes right now.');
    buttonNamed(element, 'Try again').click();
    expect(client.session(BOOKING.id).commands).to.deep.equal([['refresh']]);
    await expect(element).to.be.accessible();
  });

  it('does not say that there are none where nothing could be read', async () => {
    const error = new SessionError('network', 'for developers');
    const client = fakeClient({ bookings: [], view: { state: 'failed', error } });
    const element = await mount('provider-notes', client, html`<provider-notes all></provider-notes>`);
    expect(textOf(element)).to.contain('We can’t show the notes right now.').and.to.not.contain('No notes yet.');
    await expect(element).to.be.accessible();
  });

  it('tells how many notes could not be read', async () => {
    const problems = [
      { path: '2.content', message: 'wrong' },
      { path: '2.timestamp', message: 'wrong' },
    ];
    const client = fakeClient({ now: AT.open, session: () => ({ notes: { ...notesView([NOTE]), problems } }) });
    expect(textOf(await shown(client))).to.contain('One note could not be read.');
  });

  it('shows the last session where none is open', async () => {
    const later = { ...BOOKING, id: 2, providerName: 'Dr. Lee', dateTime: '2026-02-07T10:00:00.000Z' };
    const client = fakeClient({
      now: AT.ended,
      bookings: [COMPLETED, later],
      session: () => ({ notes: notesView([NOTE]) }),
    });
    expect(textOf(await shown(client))).to.contain('Notes from Dr. Smith');
  });

  it('shows all sessions, the latest first, with “all”', async () => {
    const earlier = { ...COMPLETED, id: 7, providerName: 'Dr. Lee', dateTime: '2025-12-02T14:00:00.000Z' };
    const client = fakeClient({
      now: AT.ended,
      bookings: [earlier, COMPLETED],
      session: ({ id }) => ({ notes: notesView([{ ...NOTE, content: `Of ${String(id)}` }]) }),
    });
    const element = await mount(
      'provider-notes',
      client,
      html`<provider-notes all time-zone="Europe/London"></provider-notes>`,
    );
    const text = textOf(element);
    expect(text.indexOf('Of 123456789')).to.be.lessThan(text.indexOf('Of 7'));
    expect(text).to.match(/Dr\. Lee , Tuesday,? 2 December 2025/);
    await expect(element).to.be.accessible();
  });
});
