import type { BookingId } from '@active-session/core';
import type { Clinic, Page } from './clinic.js';

/**
 * What can go wrong on somebody's side.
 *
 * - `network.cut`: no request, no events, no signalling, no media
 * - `events.cut`: nothing is told any more; requests still pass
 * - `media.cut`: nothing arrives, for both, until it is well again; `media.broken`: for good, only a new attempt helps
 * - `signalling.lost`: they can not be dialled anew; the call goes on
 * - `seat.lost`: the server took their seat, as when its lease ran out
 * - `camera.lost` `microphone.lost`: pulled out, or taken by a phone call
 */
export type Fault =
  | 'network.cut'
  | 'events.cut'
  | 'media.cut'
  | 'media.broken'
  | 'signalling.lost'
  | 'seat.lost'
  | 'camera.lost'
  | 'microphone.lost';

interface Sufferer {
  readonly person: string;
  readonly booking: BookingId;
  readonly page: Page;
}

/** Lets it happen. What it gives makes it well again, where that is not by itself. */
export function personFault(
  { backend, network }: Clinic,
  { person, booking, page }: Sufferer,
  fault: Fault,
): () => void {
  const nothing = (): void => undefined;
  const seat = backend.booking(booking).provider === person ? 'provider' : 'patient';
  switch (fault) {
    case 'network.cut': {
      const back = backend.goOffline(person);
      network.cut('media');
      network.loseSignalling(seat);
      return () => {
        network.heal();
        back();
        page.platform.wakeUp('online');
      };
    }
    case 'events.cut': {
      const back = backend.disconnectEvents(person);
      return () => {
        back();
      };
    }
    case 'media.cut':
      network.cut('media');
      return () => {
        network.heal();
      };
    case 'media.broken':
      network.breakMedia();
      return nothing;
    case 'signalling.lost':
      network.loseSignalling(seat);
      return nothing;
    case 'seat.lost':
      backend.dropSeat(booking, person);
      return nothing;
    case 'camera.lost':
      return changeDevice(page, 'camera');
    case 'microphone.lost':
      return changeDevice(page, 'microphone');
  }
}

function changeDevice({ devices }: Page, kind: 'camera' | 'microphone'): () => void {
  for (const media of devices.running) media.change(kind, 'missing');
  return () => {
    for (const media of devices.running) media.change(kind, 'on');
  };
}
