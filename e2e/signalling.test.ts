import type { RestBackend } from '@active-session/adapter-rest';
import type { BookingId, Grant, SignallingChannel, SignallingMessage } from '@active-session/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startReference, type Reference } from './support/reference.js';

const { signal } = new AbortController();
let reference: Reference;
let bookingId: BookingId;

beforeEach(async () => {
  reference = await startReference();
  bookingId = (await reference.makeBooking({ startsIn: 0 })).id;
});
afterEach(async () => {
  await reference.dispose();
});

async function grantFor(person: RestBackend, id = bookingId): Promise<Grant> {
  const seat = await person.access.takeSeat(id, { holder: 'a-page', takeOver: false }, { signal });
  const { signalling } = await person.access.join(id, seat, { signal });
  if (signalling === undefined) throw new Error('The reference server has a channel of its own.');
  return signalling;
}

function nextOn(channel: SignallingChannel): Promise<SignallingMessage | { type: 'closed' }> {
  return new Promise((resolve) => {
    const stop = channel.subscribe((message) => {
      stop();
      resolve(message);
    });
  });
}

test('the two parties of a booking talk, and each is named by the server', async () => {
  const { patient, provider } = reference;
  const hers = await patient.signalling.open(await grantFor(patient), { signal });
  const his = await provider.signalling.open(await grantFor(provider), { signal });
  const heard = nextOn(hers);
  his.send({ seat: 'patient', type: 'ice-restart', payload: { round: 1 } });
  expect(await heard).toEqual({ seat: 'provider', type: 'ice-restart', payload: { round: 1 } });
});

test('a grant opens one channel, once', async () => {
  const { patient } = reference;
  const grant = await grantFor(patient);
  const first = await patient.signalling.open(grant, { signal });
  await expect(patient.signalling.open(grant, { signal })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(patient.signalling.open({ ...grant, token: 'guessed' }, { signal })).rejects.toMatchObject({
    code: 'forbidden',
  });
  first.close();
});

test('nobody is heard in another booking', async () => {
  const { patient, provider } = reference;
  const other = await reference.makeBooking({ startsIn: 60_000 });
  const hers = await patient.signalling.open(await grantFor(patient), { signal });
  const elsewhere = await provider.signalling.open(await grantFor(provider, other.id), { signal });
  const his = await provider.signalling.open(await grantFor(provider), { signal });
  const heard = nextOn(hers);
  elsewhere.send({ seat: 'patient', type: 'from-elsewhere', payload: null });
  his.send({ seat: 'patient', type: 'from-here', payload: null });
  expect(await heard).toMatchObject({ type: 'from-here' });
});

test('the end of the session ends the channel', async () => {
  const { patient, provider } = reference;
  const hers = await patient.signalling.open(await grantFor(patient), { signal });
  const heard = nextOn(hers);
  await provider.bookings.complete(bookingId, { signal });
  expect(await heard).toEqual({ type: 'closed' });
});
