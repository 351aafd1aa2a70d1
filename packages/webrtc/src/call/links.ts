import { isAdmitted } from '@active-session/core';
import type { Party, RemoteMedia, VideoState, VideoStats } from '@active-session/core';
import type { Outgoing } from '../outgoing.js';
import type { CallMessage } from './call-message.js';
import type { IncomingCall } from './engine.js';
import { createHeldCalls } from './held-calls.js';
import { createLink } from './link.js';
import type { Link } from './link.js';
import { dialsFirst } from './link.rules.js';
import type { Station } from './station.js';

/** The connections with all other parties, and who may call. */
export interface Links {
  readonly state: Exclude<VideoState, 'closed'>;
  readonly remote: readonly RemoteMedia[];
  /** How often somebody called, or opened a channel, who was not expected to. All of it is dropped. */
  readonly strangers: number;
  /** All over which this person is sent now. */
  readonly connections: readonly RTCPeerConnection[];
  /** These are the parties from now on, reached from this station. Whoever is not among them is dropped. */
  meet(parties: readonly Party[], station: Station): void;
  receive(call: IncomingCall): void;
  /** From the seat, as the server says. */
  hear(seat: string, message: CallMessage, station: Station): void;
  unavailable(peerId: string): void;
  /** Something came that nobody of ours sends. */
  stranger(): void;
  forgetHeldCalls(): void;
  sync(): void;
  stats(): Promise<VideoStats>;
  close(): void;
}

/** With several others, what is true of at least one of them, the best first. */
const statesByRank = ['connected', 'interrupted', 'connecting', 'waiting'] as const;

const nothing: VideoStats = {
  roundTrip: null,
  loss: null,
  inbound: 0,
  outbound: 0,
  framesDecoded: 0,
  audioLevel: null,
};

export function createLinks(ownSeat: string, outgoing: Outgoing, onChange: () => void): Links {
  const links = new Map<string, Link>();
  let strangers = 0;
  const onStranger = () => {
    strangers++;
    onChange();
  };
  const heldCalls = createHeldCalls(onStranger);

  const receive = (call: IncomingCall) => {
    const [seat, link] = [...links].find(([, { theirId }]) => theirId === call.peerId) ?? [];
    if (!link) heldCalls.hold(call);
    else if (link.dials || (call.seat ?? seat) !== seat) {
      call.drop();
      onStranger();
    } else link.accept(call);
  };

  return {
    get state() {
      const states = new Set([...links.values()].map((link) => link.state));
      return statesByRank.find((rank) => states.has(rank)) ?? 'waiting';
    },
    get remote() {
      return [...links].flatMap(([seat, { remote }]) => (remote ? [{ seat, ...remote }] : []));
    },
    get strangers() {
      return strangers;
    },
    get connections() {
      return [...links.values()].flatMap((link) => link.connections);
    },
    meet(parties, station) {
      const own = parties.find(({ seat }) => seat === ownSeat) ?? { seat: ownSeat, dials: false, admission: undefined };
      const others = new Map(parties.map((party) => [party.seat, party]));
      others.delete(ownSeat);
      const isHeld = (party: Party): boolean => !(isAdmitted(own) && isAdmitted(party));
      for (const [seat, party] of others) if (isHeld(party) && !station.preconnects) others.delete(seat);
      for (const [seat, link] of links) {
        if (others.has(seat)) continue;
        link.close();
        links.delete(seat);
      }
      for (const [seat, party] of others) {
        const held = isHeld(party);
        const view = { party, dials: dialsFirst(own, party), held, ...station.waysTo(held) };
        const link = links.get(seat) ?? createLink(outgoing, view, { onChange, onStranger });
        links.set(seat, link);
        link.update(view);
        const call = link.theirId === null ? undefined : heldCalls.take(link.theirId);
        if (call) receive(call);
      }
      onChange();
    },
    receive,
    hear(seat, message, { line, wire }) {
      if (links.get(seat)?.hear(message) || message.type === 'hello' || line.hear?.(seat, message)) return;
      // Who asks after a connection that is not here builds another one at once, instead of waiting for this one.
      if (message.type === 'offer' || message.type === 'ask' || message.type === 'still')
        wire?.send(seat, { type: 'gone', call: message.call });
    },
    stranger: onStranger,
    unavailable: (peerId) => links.forEach((link) => link.unavailable(peerId)),
    forgetHeldCalls: () => heldCalls.clear(),
    sync: () => links.forEach((link) => link.sync()),
    async stats() {
      const link = [...links.values()].find(({ live }) => live);
      if (!link?.live) return nothing;
      const stats = await link.live.stats();
      return { ...stats, framesDecoded: stats.framesDecoded + link.framesBefore };
    },
    close() {
      heldCalls.clear();
      links.forEach((link) => link.close());
      links.clear();
    },
  };
}
