import { SESSION_ERROR_CODES, SessionError, type Contact, type SessionErrorCode } from '@active-session/core';
import { expect } from '@open-wc/testing';
import { ME, MET } from '../test-support/fixtures.js';
import { buttonNamed, buttonsIn, mount, settled, textOf } from '../test-support/page.js';
import {
  callCases,
  clientOf,
  elementOf,
  idleCases,
  stopPictures,
  waitingCases,
  type CallCase,
} from './test-support/cases.js';
import type { SessionHelpRequestEvent } from './session-call.events.js';
import type { SessionCall } from './session-call.js';

const CONTACT: Contact = { phone: '+44 20 7946 0000', url: 'https://clinic.example/help', label: 'the front desk' };

afterEach(stopPictures);

async function offered(state: CallCase, contact = CONTACT): Promise<readonly string[]> {
  const shown = { ...state, view: { ...state.view, me: { ...ME, contact } } };
  const element = await mount('session-call', clientOf(shown), elementOf(shown));
  return links(element).map((link) => link.getAttribute('href') ?? '');
}

function links(element: SessionCall): readonly HTMLAnchorElement[] {
  return [...(element.shadowRoot?.querySelectorAll<HTMLAnchorElement>('.way-out a') ?? [])];
}

function failedWith(code: SessionErrorCode): CallCase {
  return { session: { lastCall: { outcome: 'failed', error: new SessionError(code, 'x') } } };
}

describe('<session-call>, the way out', () => {
  const BOTH = ['tel:+442079460000', 'https://clinic.example/help'];

  it('is there whatever a call has failed of', async () => {
    for (const code of SESSION_ERROR_CODES) expect(await offered(failedWith(code)), code).to.deep.equal(BOTH);
  });

  const stuck: readonly (readonly [string, () => CallCase])[] = [
    ['the connection was lost', idleCases.lost],
    ['video is not to be had on this page', idleCases.notSupported],
    ['the session can’t be ended', idleCases.endFailed],
    ['it was cancelled', idleCases.cancelled],
    ['the page is cut off while somebody waits', waitingCases.cutOff],
    ['nobody has come for a quarter of an hour', waitingCases.long],
    ['it does not connect', callCases.connectingLong],
    ['it does not reconnect', callCases.rejoin],
  ];
  for (const [name, state] of stuck) {
    it(`is there where ${name}`, async () => {
      expect(await offered(state())).to.deep.equal(BOTH);
    });
  }

  const well: readonly (readonly [string, () => CallCase])[] = [
    ['all is ready', idleCases.ready],
    ['somebody begins to wait', waitingCases.waiting],
    ['the call is well', callCases.connected],
    ['it has just begun to reconnect', callCases.reconnecting],
    ['the person has left', idleCases.left],
    ['the session has ended', idleCases.ended],
  ];
  for (const [name, state] of well) {
    it(`is not in the way where ${name}`, async () => {
      expect(await offered(state())).to.deep.equal([]);
    });
  }

  it('is what the portal has, and nothing where it has nothing', async () => {
    const lost = idleCases.lost();
    expect(await offered(lost, { phone: CONTACT.phone })).to.deep.equal([BOTH[0]]);
    expect(await offered(lost, { url: CONTACT.url })).to.deep.equal([BOTH[1]]);
    expect(await offered({ ...lost, view: {} }, {})).to.deep.equal([]);
    const bare = { ...lost, view: { me: ME } };
    const element = await mount('session-call', clientOf(bare), elementOf(bare));
    expect(element.shadowRoot?.querySelector('.way-out') === null).to.equal(true);
  });

  it('calls a number and nothing else, whatever stands there', async () => {
    const phone = '*#06#,javascript:+44 (20) 7946<b>0000';
    expect(await offered(idleCases.lost(), { phone })).to.deep.equal(['tel:06+442079460000']);
  });
});

describe('<session-call>, telling the other', () => {
  it('is offered only by a portal that passes it on', async () => {
    const state = { ...callCases.rejoin(), help: false };
    const element = await mount('session-call', clientOf(state), elementOf(state));
    expect(buttonsIn(element).some((button) => textOf(button).startsWith('Tell'))).to.equal(false);
  });

  it('asks the portal with the id alone, and says that it is done', async () => {
    const state = callCases.rejoin();
    const element = await mount('session-call', clientOf(state), elementOf(state));
    const asked: SessionHelpRequestEvent[] = [];
    document.addEventListener('session-help-request', (event) => asked.push(event), { once: true });
    buttonNamed(element, 'Tell Dr. Smith').click();
    await settled(element);
    expect(asked.map(({ bookingId }) => bookingId)).to.deep.equal([MET.id]);
    expect(textOf(element.shadowRoot!.querySelector('.way-out')!)).to.contain('Dr. Smith is told that you need help.');
    expect(textOf(element.shadowRoot!.querySelector('[role=status]')!)).to.equal(
      'Dr. Smith is told that you need help.',
    );
  });

  it('says nothing of the kind where the portal can’t pass it on now', async () => {
    const state = callCases.rejoin();
    const element = await mount('session-call', clientOf(state), elementOf(state));
    element.addEventListener('session-help-request', (event) => event.preventDefault());
    buttonNamed(element, 'Tell Dr. Smith').click();
    await settled(element);
    expect(textOf(element)).to.contain('Tell Dr. Smith').and.not.contain('is told');
  });

  it('can be asked again for another trouble, once the call was well', async () => {
    const state = callCases.rejoin();
    const client = clientOf(state);
    const element = await mount('session-call', client, elementOf(state));
    buttonNamed(element, 'Tell Dr. Smith').click();
    await settled(element);
    const { call } = client.session(MET.id).getSnapshot();
    client.session(MET.id).set({ call: { ...call!, state: 'connected' } });
    await settled(element);
    client.session(MET.id).set({ call });
    await settled(element);
    expect(textOf(element)).to.contain('Tell Dr. Smith').and.not.contain('is told');
  });
});
