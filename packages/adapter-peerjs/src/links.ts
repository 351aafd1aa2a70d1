import type { Party, RemoteMedia, VideoState, VideoStats } from '@active-session/core';
import type { Outgoing } from '@active-session/webrtc';
import type { MediaConnection } from 'peerjs';
import { createHeldCalls } from './held-calls.js';
import type { Line } from './line.js';
import { createLink } from './link.js';
import type { Link } from './link.js';
import { dialsFirst } from './link.rules.js';

/** The connections with all other parties, and who may call. */
export interface Links {
  readonly state: Exclude<VideoState, 'closed'>;
  readonly remote: readonly RemoteMedia[];
  /** These are the parties from now on, reached over this line. Whoever is not among them is dropped. */
  meet(parties: readonly Party[], line: Line): void;
  receive(call: MediaConnection): void;
  unavailable(peerId: string): void;
  forgetHeldCalls(): void;
  sync(): void;
  stats(): Promise<VideoStats>;
  close(): void;
}

/** With several others, the best state that one of them has. */
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
  const held = createHeldCalls();

  const receive = (call: MediaConnection) => {
    const link = [...links.values()].find(({ theirId }) => theirId === call.peer);
    if (!link) held.hold(call);
    else if (link.dials) call.close();
    else link.accept(call);
  };

  return {
    get state() {
      const states = new Set([...links.values()].map((link) => link.state));
      return statesByRank.find((rank) => states.has(rank)) ?? 'waiting';
    },
    get remote() {
      return [...links].flatMap(([seat, { live }]) => (live ? [{ seat, stream: live.remote }] : []));
    },
    meet(parties, line) {
      const own = parties.find(({ seat }) => seat === ownSeat) ?? { seat: ownSeat, dials: false };
      const others = new Map(parties.map((party) => [party.seat, party]));
      others.delete(ownSeat);
      for (const [seat, link] of links) {
        if (others.has(seat)) continue;
        link.close();
        links.delete(seat);
      }
      for (const [seat, party] of others) {
        const view = { party, dials: dialsFirst(own, party), line };
        const link = links.get(seat) ?? createLink(outgoing, view, onChange);
        links.set(seat, link);
        link.update(view);
        const call = link.theirId === null ? undefined : held.take(link.theirId);
        if (call) receive(call);
      }
      onChange();
    },
    receive,
    unavailable: (peerId) => links.forEach((link) => link.unavailable(peerId)),
    forgetHeldCalls: () => held.clear(),
    sync: () => links.forEach((link) => link.sync()),
    async stats() {
      const link = [...links.values()].find(({ live }) => live);
      if (!link?.live) return nothing;
      const stats = await link.live.stats();
      return { ...stats, framesDecoded: stats.framesDecoded + link.framesBefore };
    },
    close() {
      held.clear();
      links.forEach((link) => link.close());
      links.clear();
    },
  };
}
