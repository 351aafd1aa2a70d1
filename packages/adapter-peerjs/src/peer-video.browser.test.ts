import { brightness, join, memoryUse, party, pause, ticketFor, until } from '../test/people.js';
import type { Person } from '../test/people.js';
import { recordConnections } from '@active-session/testing';
import { installRelay } from '../test/relay.js';
import type { Relay } from '../test/relay.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const both = [party('provider', 'provider-1'), party('patient', 'patient-1')];

describe('a call between two people', () => {
  let relay: Relay;
  let connections: ReturnType<typeof recordConnections>;
  let people: Person[];

  beforeEach(() => {
    relay = installRelay();
    connections = recordConnections();
    people = [];
  });
  afterEach(() => {
    people.forEach((person) => person.leave());
    connections.stop();
    relay.uninstall();
  });

  const enter = async (...args: Parameters<typeof join>) => {
    const person = await join(...args);
    people.push(person);
    return person;
  };
  const meetUp = async (request?: Parameters<typeof join>[1]) => {
    const patient = await enter(ticketFor('patient', 'patient-1', relay.url, both), request);
    const provider = await enter(ticketFor('provider', 'provider-1', relay.url, both), request);
    await connected(patient, provider);
    return { patient, provider };
  };
  const connected = async (...some: Person[]) => {
    for (const person of some) {
      await until('connected', () => person.snapshot().state === 'connected').catch((error: unknown) => {
        throw new Error(JSON.stringify(person.history), { cause: error });
      });
    }
  };
  const framesArrive = async (...some: Person[]) => {
    for (const person of some) {
      const before = await person.frames();
      await until('more frames', async () => (await person.frames()) > before + 5);
    }
  };
  const states = (person: Person) => person.history.map(({ state }) => state);

  it('decodes frames of the other on both sides', async () => {
    const { patient, provider } = await meetUp();
    await framesArrive(patient, provider);
    expect(provider.snapshot().remote.map(({ seat }) => seat)).toEqual(['patient']);
    expect(
      patient
        .remote()
        .getTracks()
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['audio', 'video']);
    expect(await brightness(patient.remote())).toBeGreaterThan(20);
    const stats = await provider.connection.stats();
    expect(stats.inbound).toBeGreaterThan(0);
    expect(stats.roundTrip).toBeTypeOf('number');
  });

  it('sends black when the camera goes off, and the camera again, with no new connection', async () => {
    const { patient, provider } = await meetUp();
    await framesArrive(patient);
    const made = connections.all.length;
    const signal = provider.abort.signal;
    const [camera] = provider.stream.getVideoTracks();

    await provider.media.turn('camera', false, { signal });
    expect(camera?.readyState).toBe('ended');
    await until('a black picture', async () => (await brightness(patient.remote())) < 5);
    await pause(3_000);
    expect(patient.snapshot().state).toBe('connected');

    await provider.media.turn('camera', true, { signal });
    await until('a picture', async () => (await brightness(patient.remote())) > 20);
    expect(connections.all.length).toBe(made);
  });

  it('lets no sound out while the microphone is off', async () => {
    const { patient, provider } = await meetUp();
    const [theirs] = connections.open();
    const soundIn = async () => {
      let bytes = 0;
      for (const pc of connections.open()) {
        for (const stat of (await pc.getStats()).values() as Iterable<Record<string, unknown>>) {
          const inbound = stat['type'] === 'inbound-rtp' && stat['kind'] === 'audio';
          if (inbound && stat['trackIdentifier'] === patient.remote().getAudioTracks()[0]?.id) {
            bytes += Number(stat['bytesReceived']);
          }
        }
      }
      return bytes;
    };
    expect(theirs).not.toBe(undefined);
    await until('sound', async () => (await soundIn()) > 0);

    await provider.media.turn('microphone', false, provider.abort);
    await pause(500);
    const silent = await soundIn();
    await pause(1_500);
    expect(await soundIn()).toBe(silent);

    await provider.media.turn('microphone', true, provider.abort);
    await until('sound again', async () => (await soundIn()) > silent);
  });

  it('connects people who send nothing, and shows a camera that is turned on later', async () => {
    const { patient, provider } = await meetUp({ camera: false, microphone: false });
    const made = connections.all.length;
    await pause(4_000);
    expect(patient.snapshot().state).toBe('connected');
    await provider.media.turn('camera', true, provider.abort);
    await until('a picture', async () => (await brightness(patient.remote())) > 20);
    expect(connections.all.length).toBe(made);
  });

  it('swaps to the new place of the other without an interruption', async () => {
    const { patient, provider } = await meetUp();
    const before = { provider: provider.remote().id, patient: patient.remote().id };
    await framesArrive(provider);
    const frames = await provider.frames();

    patient.connection.restart(ticketFor('patient', 'patient-2', relay.url));
    const moved = [party('provider', 'provider-1'), party('patient', 'patient-2')];
    patient.connection.meet(moved);
    provider.connection.meet(moved);

    await until('the provider swapped', () => provider.remote().id !== before.provider);
    await until('the patient swapped', () => patient.remote().id !== before.patient);
    await framesArrive(patient, provider);
    expect(await provider.frames()).toBeGreaterThan(frames);
    expect(states(provider)).not.toContain('interrupted');
    expect(states(patient)).not.toContain('interrupted');
    await until('only the new connections are left', () => connections.open().length === 2);
    expect(relay.ids().sort()).toEqual(['patient-2', 'provider-1']);
  });

  it('goes on without signalling, and is built again by a restart of both', async () => {
    const { patient, provider } = await meetUp();
    const before = provider.remote().id;
    relay.cut('patient-1');
    relay.cut('provider-1');
    await until('lost', () => people.every((person) => person.snapshot().signalling === 'lost'));
    expect(patient.snapshot().error?.code).toBe('network');
    await framesArrive(patient, provider);
    await pause(2_500);
    expect(states(patient)).not.toContain('interrupted');

    const moved = [party('provider', 'provider-2'), party('patient', 'patient-2')];
    provider.connection.restart(ticketFor('provider', 'provider-2', relay.url));
    expect(provider.snapshot().signalling).toBe('lost');
    patient.connection.restart(ticketFor('patient', 'patient-2', relay.url));
    patient.connection.meet(moved);
    provider.connection.meet(moved);
    await until('open', () => people.every((person) => person.snapshot().signalling === 'open'));
    await until('new media', () => provider.remote().id !== before);
    await framesArrive(patient, provider);
    expect(states(provider)).not.toContain('interrupted');
  });

  it('says again that signalling is lost when a restart does not succeed', async () => {
    const { patient } = await meetUp();
    relay.refuse(true);
    relay.cut('patient-1');
    await until('lost', () => patient.snapshot().signalling === 'lost');
    const told = patient.history.length;
    patient.connection.restart(ticketFor('patient', 'patient-2', relay.url));
    await until('told again', () => patient.history.length > told);
    expect(patient.snapshot()).toMatchObject({ signalling: 'lost', state: 'connected' });
  });

  it('keeps the call when the server says that the other left the signalling', async () => {
    const { patient, provider } = await meetUp();
    const before = [patient.remote().id, provider.remote().id];
    relay.say('patient-1', { type: 'LEAVE', src: 'provider-1' });
    relay.say('provider-1', { type: 'LEAVE', src: 'patient-1' });
    await pause(300);
    await framesArrive(patient, provider);
    expect([patient.remote().id, provider.remote().id]).toEqual(before);
  });

  it('frees everything on close, and the tracks end with the local media', async () => {
    const { patient, provider } = await meetUp();
    const tracks = [...provider.stream.getTracks(), ...patient.stream.getTracks()];
    const sent = connections.open().flatMap((pc) => pc.getSenders().map(({ track }) => track));
    provider.connection.close();
    provider.connection.close();
    expect(provider.snapshot()).toEqual({ state: 'closed', remote: [], signalling: 'lost' });
    expect(states(provider).filter((state) => state === 'closed').length).toBe(1);
    expect(connections.open().length).toBe(1);
    expect(relay.ids()).toEqual(['patient-1']);
    expect(tracks.every(({ readyState }) => readyState === 'live')).toBe(true);

    await until('the patient notices', () => patient.snapshot().state === 'interrupted');
    patient.connection.meet([party('provider', null), party('patient', 'patient-1')]);
    await until('waiting again', () => patient.snapshot().state === 'waiting');
    expect(patient.snapshot().remote).toEqual([]);

    patient.abort.abort();
    expect(patient.snapshot().state).toBe('closed');
    expect(connections.open().length).toBe(0);
    expect(relay.ids()).toEqual([]);
    people.forEach(({ media }) => media.close());
    expect([...tracks, ...sent].every((track) => track?.readyState === 'ended')).toBe(true);
  });

  it('stops the black picture of a camera that is off when it closes', async () => {
    const { provider } = await meetUp({ camera: false, microphone: false });
    const sent = connections.open().flatMap((pc) => pc.getSenders().flatMap(({ track }) => (track ? [track] : [])));
    expect(sent.map(({ kind }) => kind)).toEqual(['video', 'video']);
    people.forEach((person) => person.connection.close());
    expect(sent.every(({ readyState }) => readyState === 'ended')).toBe(true);
    expect(provider.stream.getTracks()).toEqual([]);
  });

  it('dials again until the other listens, and connects within seconds', async () => {
    const provider = await enter(ticketFor('provider', 'provider-1', relay.url, both));
    await pause(1_000);
    expect(provider.snapshot().state).toBe('connecting');
    const patient = await enter(ticketFor('patient', 'patient-1', relay.url, both));
    await connected(patient, provider);
  });

  it('dials again, one attempt at a time, when the server is silent', async () => {
    relay.swallow('OFFER');
    const patient = await enter(ticketFor('patient', 'patient-1', relay.url, both));
    const provider = await enter(ticketFor('provider', 'provider-1', relay.url, both));
    await until('a second attempt', () => relay.swallowed() >= 2);
    expect(connections.open()).toHaveLength(1);
    expect(provider.snapshot().state).toBe('connecting');
    relay.swallow(null);
    await connected(patient, provider);
    expect(connections.open()).toHaveLength(2);
  });

  it('holds a call until the caller is known', async () => {
    const patient = await enter(ticketFor('patient', 'patient-1', relay.url, [party('patient', 'patient-1')]));
    const provider = await enter(ticketFor('provider', 'provider-1', relay.url, both));
    await pause(1_200);
    expect(patient.snapshot().state).toBe('waiting');
    patient.connection.meet(both);
    await connected(patient, provider);
  });

  it('leaves nothing behind after 50 calls (M9)', { timeout: 120_000 }, async () => {
    const rounds = async (count: number) => {
      for (let round = 0; round < count; round++) {
        const { patient, provider } = await meetUp();
        const tracks = [...patient.stream.getTracks(), ...provider.stream.getTracks()];
        [provider, patient].forEach((person) => person.leave());
        people = [];
        expect(connections.open()).toEqual([]);
        expect(relay.ids()).toEqual([]);
        expect(tracks.every(({ readyState }) => readyState === 'ended')).toBe(true);
      }
      connections.forget();
      return memoryUse();
    };
    const before = await rounds(10);
    const after = await rounds(40);
    expect(after.listeners).toBeLessThanOrEqual(before.listeners);
    expect(after.heap).toBeLessThan(before.heap * 1.05);
  });

  it('never answers a stranger, by media or by data', async () => {
    const patient = await enter(ticketFor('patient', 'patient-1', relay.url, both));
    await until('registered', () => relay.ids().includes('patient-1'));
    const made = connections.all.length;
    const sdp = { type: 'offer', sdp: 'v=0\r\n' };
    for (const type of ['media', 'data']) {
      const payload = { type, sdp, connectionId: `${type}-1`, serialization: 'binary', metadata: { role: 'provider' } };
      relay.say('patient-1', { type: 'OFFER', src: 'stranger', payload });
    }
    relay.say('patient-1', null);
    await pause(6_000);
    expect(connections.all.length).toBe(made);
    // The data offer at once, the other one when nobody had named who called.
    expect(patient.snapshot()).toEqual({ state: 'connecting', remote: [], signalling: 'open', strangers: 2 });
  });

  it('drops who is not a party any more', async () => {
    const { patient } = await meetUp();
    patient.connection.meet([party('patient', 'patient-1')]);
    expect(patient.snapshot()).toMatchObject({ state: 'waiting' });
    expect(patient.snapshot().remote).toEqual([]);
  });

  it('goes nowhere but where the ticket says', async () => {
    await meetUp();
    expect(new Set(relay.opened.map(({ host }) => host))).toEqual(new Set(['relay.test']));
    expect(relay.opened[0]?.pathname).toBe('/api/signalling/peerjs');
    expect(relay.opened[0]?.searchParams.get('token')).toBe('token of patient-1');
    for (const pc of connections.open()) expect(pc.getConfiguration().iceServers).toEqual([]);
  });
});
