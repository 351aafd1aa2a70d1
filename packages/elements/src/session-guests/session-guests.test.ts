import { SessionError } from '@active-session/core';
import { expect, waitUntil } from '@open-wc/testing';
import type { FakeClient } from '../test-support/fake-client.js';
import { EVERYTHING, MET } from '../test-support/fixtures.js';
import { focused, press } from '../test-support/keyboard.js';
import { buttonNamed, buttonsIn, heard, mount, part, settled, textOf } from '../test-support/page.js';
import { replace } from '../test-support/replace.js';
import type { SessionGuests } from './session-guests.js';
import { clientWith, elementOf, held, inCall, LEO, MARIA, waits } from './test-support/cases.js';

const shown = (client: FakeClient, page?: string): Promise<SessionGuests> =>
  mount('session-guests', client, elementOf(page));
const dialog = (element: SessionGuests): HTMLDialogElement => part(element, 'dialog[open]', HTMLDialogElement);
const isOpen = (element: SessionGuests): boolean => element.renderRoot.querySelector('dialog[open]') !== null;
const link = (element: SessionGuests): string => part(element, '#link', HTMLInputElement).value;

async function push(element: SessionGuests, name: string): Promise<void> {
  buttonNamed(element, name).click();
  await settled(element);
}

async function enter(element: SessionGuests, name: string, kind = 'interpreter'): Promise<void> {
  await push(element, 'Invite somebody');
  const field = part(element, '#name', HTMLInputElement);
  field.value = name;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  part(element, `input[value=${kind}]`, HTMLInputElement).click();
  await settled(element);
}

async function invite(element: SessionGuests, name = 'Maria Lopez'): Promise<void> {
  await enter(element, name);
  await push(element, 'Create the link');
  await settled(element);
}

describe('<session-guests>, inviting', () => {
  it('gives a link whose token stands behind the #, and says what whoever has it can do', async () => {
    const client = clientWith();
    const element = await shown(client);
    await invite(element, '  Maria Lopez ');
    expect(client.commands).to.deep.include(['inviteGuest', MET.id, { name: 'Maria Lopez', kind: 'interpreter' }]);
    expect(link(element)).to.equal(`${location.origin}/guest#guest_4e1f0c`);
    expect(textOf(dialog(element))).to.contain('Maria Lopez (interpreter)');
    expect(textOf(dialog(element))).to.contain('Whoever has this link can ask to join this session. You let them in.');
    expect(textOf(part(element, '.guests'))).to.contain('Maria Lopez (interpreter) Invited, not here yet');
    await expect(element).to.be.accessible();
  });

  it('leads to an address on another host, too', async () => {
    const element = await shown(clientWith(), 'https://video.clinic.example/in?lang=fr#old');
    await invite(element);
    expect(link(element)).to.equal('https://video.clinic.example/in?lang=fr#guest_4e1f0c');
  });

  it('is not there without a page for guests, nor with what is none', async () => {
    for (const page of ['', 'javascript:alert(1)', 'data:text/html,x']) {
      const element = await shown(clientWith(), page);
      expect(buttonsIn(element).map(textOf), page).to.deep.equal([]);
    }
  });

  it('is not there where the backend has no guests, nor for who is not the provider, nor once it is over', async () => {
    const without = clientWith();
    without.set({ can: { ...EVERYTHING, guests: false } });
    const patient = clientWith();
    patient.session(MET.id).set({ role: 'patient' });
    const over = clientWith();
    over.session(MET.id).set({ booking: { ...MET, status: 'completed' } });
    for (const client of [without, patient, over]) {
      expect(buttonsIn(await shown(client)).map(textOf)).to.deep.equal([]);
    }
  });

  it('shows the link once: a closed dialog has forgotten it, and no view holds the token', async () => {
    const client = clientWith();
    const element = await shown(client);
    await invite(element);
    await press('Escape');
    await waitUntil(() => !isOpen(element));
    expect(element.renderRoot.querySelector('#link')).to.equal(null);
    expect(JSON.stringify([client.getSnapshot(), client.session(MET.id).getSnapshot()])).not.to.contain('guest_4e1f0c');
    await push(element, 'Invite somebody');
    expect(element.renderRoot.querySelector('#link')).to.equal(null);
    expect(part(element, '#name', HTMLInputElement).value).to.equal('');
  });

  it('asks for a name and takes the focus there', async () => {
    const client = clientWith();
    const element = await shown(client);
    await enter(element, '   ');
    await push(element, 'Create the link');
    expect(textOf(dialog(element))).to.contain('Enter a name.');
    await waitUntil(() => focused()?.id === 'name');
    expect(client.commands).to.deep.equal([]);
  });

  it('tries a lost answer again as the same invitation, and a changed one as another', async () => {
    const client = clientWith();
    const { invite: answer } = client.answer;
    client.answer.invite = () => Promise.reject(new SessionError('network', 'for developers'));
    const element = await shown(client);
    await invite(element);
    await waitUntil(() => textOf(dialog(element)).includes('We can’t reach the clinic right now.'));
    await push(element, 'Create the link');
    client.answer.invite = answer;
    const field = part(element, '#name', HTMLInputElement);
    field.value = 'Maria L.';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await push(element, 'Create the link');
    await waitUntil(() => element.renderRoot.querySelector('#link') !== null);
    const [first, second, third] = client.bookingKeys;
    expect(first).to.equal(second);
    expect(third).not.to.equal(second);
  });

  it('says that two is the most, before it is tried and where somebody else was faster', async () => {
    const full = await shown(clientWith([MARIA, LEO]));
    expect(textOf(full)).to.contain('There is room for two guests.');
    expect(buttonsIn(full).map(textOf)).not.to.contain('Invite somebody');
    const client = clientWith();
    client.answer.invite = () => Promise.reject(new SessionError('conflict', 'for developers'));
    const late = await shown(client);
    await invite(late);
    await waitUntil(() => textOf(dialog(late)).includes('There is room for two guests.'));
  });

  it('copies the link, and selects it where the browser does not copy', async () => {
    const element = await shown(clientWith());
    await invite(element);
    const copied: string[] = [];
    let undo = replace(navigator.clipboard, 'writeText', async (text) => void copied.push(text));
    await push(element, 'Copy');
    await waitUntil(() => textOf(dialog(element)).includes('The link is copied.'));
    undo();
    expect(copied).to.deep.equal([link(element)]);
    undo = replace(navigator.clipboard, 'writeText', () => Promise.reject(new Error('no')));
    await push(element, 'Copy');
    await waitUntil(() => textOf(dialog(element)).includes('The link is selected'));
    undo();
    const field = part(element, '#link', HTMLInputElement);
    expect((field.selectionEnd ?? 0) - (field.selectionStart ?? 0)).to.equal(field.value.length);
  });

  it('goes by the keyboard alone, and gives the focus back', async () => {
    const element = await shown(clientWith());
    part(element, '[part=invite-button]').focus();
    await press('Enter');
    await waitUntil(() => focused()?.id === 'invite-title');
    await press('Tab');
    await press('A');
    await press('Enter');
    await waitUntil(() => element.renderRoot.querySelector('#link') !== null && focused()?.id === 'invite-title');
    await press('Escape');
    await waitUntil(() => !isOpen(element) && focused()?.getAttribute('part') === 'invite-button');
  });
});

describe('<session-guests>, the list', () => {
  it('says of each how they stand, and offers what can be done', async () => {
    const states = [
      [MARIA, 'Invited, not here yet', ['Remove']],
      [waits(MARIA), 'Waits to be let in', ['Let in', 'Ask to wait', 'Remove']],
      [held(MARIA), 'You asked them to wait', ['Let in', 'Remove']],
      [inCall(MARIA), 'In the call', ['Ask to wait', 'Remove']],
    ] as const;
    for (const [one, status, offered] of states) {
      const element = await shown(clientWith([one]));
      const row = part(element, '.guest');
      expect(textOf(row)).to.contain(status);
      expect([...row.querySelectorAll('button')].map(textOf)).to.deep.equal(offered);
      await expect(element).to.be.accessible();
    }
  });

  it('lets one in and asks one to wait, by their seat', async () => {
    const client = clientWith([waits(MARIA), inCall(LEO)]);
    const element = await shown(client);
    part(element, '[aria-label="Let in: Maria Lopez"]').click();
    part(element, '[aria-label="Ask to wait: Leo Rivera"]').click();
    await waitUntil(() => textOf(part(element, '.guests')).includes('You asked them to wait'));
    expect(client.commands).to.deep.equal([
      ['admit', MET.id, { seat: 'guest-1' }],
      ['hold', MET.id, { seat: 'guest-2' }],
    ]);
    expect(textOf(part(element, '.guests'))).to.contain('Let in, not in the call yet');
  });

  it('says why something was not done, and can do it again', async () => {
    const client = clientWith([waits(MARIA)]);
    const { admit } = client.answer;
    client.answer.admit = () => Promise.reject(new SessionError('network', 'for developers'));
    const element = await shown(client);
    await push(element, 'Let in');
    await waitUntil(() => textOf(element).includes('We can’t reach the clinic right now.'));
    client.answer.admit = admit;
    await push(element, 'Let in');
    await waitUntil(() => textOf(element).includes('Let in, not in the call yet'));
  });

  it('asks before it removes somebody', async () => {
    const client = clientWith([inCall(MARIA)]);
    const element = await shown(client);
    await push(element, 'Remove');
    expect(textOf(dialog(element))).to.contain('Remove Maria Lopez from this session?');
    expect(textOf(dialog(element))).to.contain('Their link does not work any more.');
    await expect(element).to.be.accessible();
    await push(element, 'Back');
    expect(client.commands).to.deep.equal([]);
    await push(element, 'Remove');
    part(element, '[part=confirm-button]').click();
    await waitUntil(() => !isOpen(element));
    expect(client.commands).to.deep.equal([['removeGuest', MET.id, 'guest-1']]);
    expect(element.renderRoot.querySelector('.guest')).to.equal(null);
  });

  it('says once that a guest waits, and not of who waited before', async () => {
    const client = clientWith([waits(LEO), MARIA]);
    const element = await shown(client);
    const said = heard(element);
    const { parties } = client.session(MET.id).getSnapshot();
    const set = async (one: typeof MARIA): Promise<void> => {
      client.session(MET.id).set({ parties: parties.map((party) => (party.seat === one.seat ? one : party)) });
      await settled(element);
    };
    await set(waits(MARIA));
    await set({ ...waits(MARIA), devices: { camera: 'works' } });
    await waitUntil(() => said.length > 0);
    expect(said).to.deep.equal(['Maria Lopez (interpreter) waits to be let into the session with Sam Rivera.']);
    expect(element.matches(':state(waiting)')).to.equal(true);
  });

  it('forgets what was entered for another session, and for another person', async () => {
    const client = clientWith();
    const element = await shown(client);
    await enter(element, 'Maria Lopez');
    client.set({ state: 'signed-out' });
    await settled(element);
    expect(isOpen(element)).to.equal(false);
    client.set({ state: 'ready' });
    await settled(element);
    await push(element, 'Invite somebody');
    expect(part(element, '#name', HTMLInputElement).value).to.equal('');
  });
});
