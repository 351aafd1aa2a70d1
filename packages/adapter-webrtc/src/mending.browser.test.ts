import { createSignallingHub, recordConnections } from '@active-session/testing';
import type { ConnectionRecord, SignallingHub } from '@active-session/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { open, party, ticketFor } from '../test/people.js';
import type { Page } from '../test/people.js';

const patience = { timeout: 30_000 };
const roundOf = (payload: unknown): number => (payload as { readonly round?: number }).round ?? 1;

describe('a connection before somebody is let in', () => {
  it('carries nothing of camera and microphone, in either direction, until they are', async () => {
    const hub = createSignallingHub();
    const connections = recordConnections();
    const early = { preconnect: 'all' } as const;
    const tickets = { provider: ticketFor(hub, 'provider'), patient: ticketFor(hub, 'patient') };
    const pages = [
      await open(hub, { ...tickets.provider, ...early }),
      await open(hub, { ...tickets.patient, ...early }),
    ];
    const meet = (admission: 'asking' | 'admitted') => {
      const patient = { ...party('patient', tickets.patient.peerId), admission };
      pages.forEach(({ connection }) => connection.meet([party('provider', tickets.provider.peerId), patient]));
    };
    const captured = () => pages.flatMap(({ media }) => (media.stream as MediaStream).getTracks());
    const sent = () => connections.open().flatMap((pc) => pc.getSenders().flatMap(({ track }) => track ?? []));
    meet('asking');
    await expect
      .poll(() => connections.open().map(({ connectionState }) => connectionState), patience)
      .toEqual(['connected', 'connected']);
    expect(sent()).toEqual([]);
    expect(pages.map((page) => page.snapshot().remote)).toEqual([[], []]);

    meet('admitted');
    await expect.poll(() => pages.map((page) => page.snapshot().state), patience).toEqual(['connected', 'connected']);
    expect(sent().filter((track) => captured().includes(track))).toHaveLength(4);
    meet('asking');
    expect(pages.map((page) => page.snapshot().state)).toEqual(['waiting', 'waiting']);
    await expect.poll(sent, patience).toEqual([]);
    // A silent connection is no broken one: nobody asked for a second round.
    expect(hub.sent.filter(({ message: { type, payload } }) => type === 'ask' || roundOf(payload) > 1)).toEqual([]);

    pages.forEach((page) => page.leave());
    expect(connections.open()).toEqual([]);
    expect(sent()).toEqual([]);
    connections.stop();
  });
});

describe('a connection whose signalling was lost', () => {
  let hub: SignallingHub;
  let connections: ConnectionRecord;
  let provider: Page;
  let patient: Page;
  let ids: Record<'provider' | 'patient', string>;

  const meet = () => {
    const parties = [party('provider', ids.provider), party('patient', ids.patient)];
    [provider, patient].forEach(({ connection }) => connection.meet(parties));
  };
  const framesArrive = async (...pages: Page[]) => {
    for (const page of pages) {
      const before = await page.frames();
      await expect.poll(() => page.frames(), patience).toBeGreaterThan(before + 3);
    }
  };
  /** The page goes on from a new ticket. */
  const move = async (page: Page) => {
    const ticket = ticketFor(hub, page.seat);
    ids[page.seat === 'provider' ? 'provider' : 'patient'] = ticket.peerId;
    page.connection.restart(ticket);
    meet();
    await expect.poll(() => page.snapshot().signalling, patience).toBe('open');
  };

  beforeEach(async () => {
    hub = createSignallingHub();
    connections = recordConnections();
    const tickets = { provider: ticketFor(hub, 'provider'), patient: ticketFor(hub, 'patient') };
    ids = { provider: tickets.provider.peerId, patient: tickets.patient.peerId };
    provider = await open(hub, tickets.provider);
    patient = await open(hub, tickets.patient);
    meet();
    await framesArrive(provider, patient);
  });
  afterEach(() => {
    [provider, patient].forEach((page) => page.leave());
    expect(connections.open()).toEqual([]);
    connections.stop();
  });

  it('is asked after, and goes on as it is', async () => {
    const before = [provider.stream().id, patient.stream().id];
    const made = connections.all.length;
    const offers = hub.sent.filter(({ message }) => message.type === 'offer').length;
    await move(patient);
    await expect.poll(() => hub.sent.some(({ message }) => message.type === 'here'), patience).toBe(true);
    await framesArrive(provider, patient);
    expect([provider.stream().id, patient.stream().id]).toEqual(before);
    expect(connections.all.length).toBe(made);
    expect(hub.sent.filter(({ message }) => message.type === 'offer').length).toBe(offers);
  });

  it('is built anew beside the old one, with no gap, where nobody answers', async () => {
    const before = provider.stream().id;
    hub.swallow(({ type }) => type === 'still' || type === 'here');
    await move(provider);
    await expect.poll(() => provider.stream().id, patience).not.toBe(before);
    await framesArrive(provider, patient);
    for (const { history } of [provider, patient]) {
      expect(history.map(({ state }) => state)).not.toContain('interrupted');
    }
    await expect.poll(() => connections.open().length, patience).toBe(2);
  });

  it('is built anew at once where the other page is another one', async () => {
    const before = provider.stream().id;
    // Gone without a word, as a crashed page is: the connection of before stays open and silent.
    hub.lose('patient');
    const lost = patient;
    const ticket = ticketFor(hub, 'patient');
    patient = await open(hub, ticket);
    ids.patient = ticket.peerId;
    meet();
    await expect.poll(() => provider.stream().id, patience).not.toBe(before);
    await framesArrive(provider, patient);
    lost.leave();
    expect(hub.sent.some(({ message }) => message.type === 'gone')).toBe(true);
  });

  it('an offer for a page that is gone reaches nobody', async () => {
    const made = connections.all.length;
    const sdp = 'v=0\r\n';
    const payload = { call: 'x', round: 1, sdp, from: ids.provider, to: 'patient-0' };
    hub.say('patient', { seat: 'provider', type: 'offer', payload });
    hub.say('patient', { seat: 'provider', type: 'offer', payload: { ...payload, to: ids.patient, from: 'somebody' } });
    hub.say('patient', { seat: 'guest-9', type: 'offer', payload: { ...payload, to: ids.patient, from: 'somebody' } });
    // The last of them is held for as long as a name could still come for who called.
    await expect.poll(() => patient.strangers(), patience).toBe(1);
    expect(connections.all.length).toBe(made);
    await framesArrive(provider, patient);
  });

  it('one party can not call in the name of another', async () => {
    const made = connections.all.length;
    const payload = { call: 'x', round: 1, sdp: 'v=0\r\n', from: ids.provider, to: ids.patient };
    hub.say('patient', { seat: 'guest-1', type: 'offer', payload });
    await expect.poll(() => patient.strangers(), patience).toBe(1);
    // Nor speak about the connection of another.
    for (const { message } of hub.sent.filter(({ from }) => from === 'provider')) {
      hub.say('patient', { ...message, seat: 'guest-1' });
      const { call } = message.payload as { call?: string };
      hub.say('patient', { seat: 'guest-1', type: 'gone', payload: { call } });
    }
    await framesArrive(provider, patient);
    expect([connections.all.length, patient.snapshot().state]).toEqual([made, 'connected']);
  });

  it('who calls again and again is answered a few times, and the call goes on', async () => {
    const made = connections.all.length;
    const sdp = hub.sent.find(({ message }) => message.type === 'offer')?.message.payload as { sdp: string };
    for (let call = 0; call < 40; call++) {
      const payload = { call: `again-${String(call)}`, round: 1, sdp: sdp.sdp, from: ids.provider, to: ids.patient };
      hub.say('patient', { seat: 'provider', type: 'offer', payload });
    }
    await expect.poll(() => patient.strangers() + connections.all.length - made, patience).toBe(40);
    expect(connections.all.length - made).toBeLessThanOrEqual(4);
    await framesArrive(provider, patient);
  });

  it('a channel that the other side opens is closed, and told', async () => {
    const [made] = connections.open();
    made?.createDataChannel('files');
    // One more line in the same connection takes an offer, which only the engine makes: none comes through.
    await framesArrive(provider, patient);
    expect(provider.strangers() + patient.strangers()).toBe(1);
  });
});
