import type { CallMessage } from './call-message.js';

export interface NegotiationOptions {
  readonly pc: RTCPeerConnection;
  readonly call: string;
  /** Whether it is this side that makes offers. Of any two exactly one does, so two offers never cross. */
  readonly offers: boolean;
  readonly send: (message: CallMessage) => void;
  /** The other side has answered, or made an offer: it has this connection. */
  readonly onHeard: () => void;
}

/** The registrations between which a first offer is. */
export interface Route {
  readonly from: string;
  readonly to: string;
}

/**
 * Descriptions and candidates of one connection over the backend's channel. Offers are counted in rounds, so that what
 * belongs to an earlier one can't hurt the present one, and each is free to be lost.
 *
 * Only one side makes offers, and the other asks for one. The usual way out where two offers cross is that one side takes
 * its own back; measured in Chromium 156, that side shows no picture of the other from then on, although it decodes them.
 */
export interface Negotiation {
  /** Makes the first offer. */
  begin(route: Route): void;
  /** A new path for the same connection, with these servers: offers one, or asks for an offer. */
  restart(configuration: RTCConfiguration): void;
  hear(message: CallMessage): void;
  close(): void;
}

/** ms for which an offer that is not answered yet is not replaced because somebody asks for one. */
const offerTime = 700;

export function createNegotiation({ pc, call, offers, send, onHeard }: NegotiationOptions): Negotiation {
  let ownRound = 0;
  let theirRound = 0;
  let offeredAt = -Infinity;
  let configuration: RTCConfiguration = {};
  let closed = false;
  /** One step after the other: descriptions take time, and what comes meanwhile is about their result. */
  let steps: Promise<unknown> = Promise.resolve();

  const then = (step: () => Promise<void>) => {
    // A step that fails leaves the connection as it was; whoever waits for it asks again.
    steps = steps.then(() => (closed || pc.signalingState === 'closed' ? undefined : step())).catch(() => undefined);
  };

  const onCandidate = ({ candidate }: RTCPeerConnectionIceEvent) => {
    if (candidate?.candidate) send({ type: 'candidate', call, candidate: candidate.toJSON() });
  };
  let listening = false;
  // From the first message on candidates go this way; before, an engine may have a way of its own.
  const takeOver = () => {
    if (listening) return;
    listening = true;
    // PeerJS stops listening when one pair works, and would send over its own way.
    pc.onicecandidate = null;
    pc.addEventListener('icecandidate', onCandidate);
  };

  const offer = (route?: Route) => {
    takeOver();
    then(async () => {
      if (pc.signalingState === 'have-local-offer') await pc.setLocalDescription({ type: 'rollback' });
      if (pc.signalingState !== 'stable') return;
      if (route === undefined) {
        pc.setConfiguration(configuration);
        pc.restartIce();
      }
      ownRound++;
      await pc.setLocalDescription();
      offeredAt = performance.now();
      if (pc.localDescription) send({ type: 'offer', call, round: ownRound, sdp: pc.localDescription.sdp, ...route });
    });
  };

  const takeOffer = (round: number, sdp: string) => {
    takeOver();
    then(async () => {
      if (round <= theirRound || pc.signalingState !== 'stable') return;
      theirRound = round;
      if (pc.remoteDescription !== null) pc.setConfiguration({ ...pc.getConfiguration(), ...configuration });
      await pc.setRemoteDescription({ type: 'offer', sdp });
      // Every line goes both ways, so that nothing that is turned on later needs another round.
      pc.getTransceivers().forEach((line) => {
        if (line.direction === 'recvonly') line.direction = 'sendrecv';
      });
      await pc.setLocalDescription();
      if (pc.localDescription) send({ type: 'answer', call, round, sdp: pc.localDescription.sdp });
      onHeard();
    });
  };

  const takeAnswer = (round: number, sdp: string) => {
    then(async () => {
      if (round !== ownRound || pc.signalingState !== 'have-local-offer') return;
      await pc.setRemoteDescription({ type: 'answer', sdp });
      onHeard();
    });
  };

  return {
    begin: offer,
    restart(next) {
      configuration = next;
      if (offers) offer();
      else send({ type: 'ask', call });
    },
    hear(message) {
      switch (message.type) {
        case 'ask':
          if (offers && (pc.signalingState === 'stable' || performance.now() - offeredAt > offerTime)) offer();
          break;
        case 'offer':
          if (!offers) takeOffer(message.round, message.sdp);
          break;
        case 'answer':
          if (offers) takeAnswer(message.round, message.sdp);
          break;
        case 'candidate':
          // One of a description that was replaced is refused by its fragment, and that is as it should be.
          then(() => pc.addIceCandidate(message.candidate));
          break;
        default:
      }
    },
    close() {
      closed = true;
      pc.removeEventListener('icecandidate', onCandidate);
    },
  };
}
