import { randomId } from '@active-session/core';
import type { Ticket } from '@active-session/core';
import type { CallMessage, Line, LineEvents, PeerCall, Wire } from '@active-session/webrtc';

type Offer = CallMessage & { readonly type: 'offer' };

/** Candidates of a call that nobody has answered yet; a call needs a dozen or two. */
const heldMessages = 50;
/** Calls that nobody has answered yet. */
const heldCalls = 4;

/** Dials and answers over the backend's channel. It is open for as long as the channel is. */
export function createWireLine(ticket: Ticket, wire: Wire, events: LineEvents): Line {
  /** What came about calls that are not answered yet, the offer first. */
  const waiting = new Map<string, { readonly seat: string; readonly messages: CallMessage[] }>();

  const takeOffer = (seat: string, offer: Offer): boolean => {
    // One for an earlier registration of this page is of no use, and is made anew.
    if (offer.to !== ticket.peerId || offer.from === undefined || waiting.has(offer.call)) return false;
    const [oldest] = waiting.keys();
    if (waiting.size >= heldCalls && oldest !== undefined) waiting.delete(oldest);
    waiting.set(offer.call, { seat, messages: [offer] });
    events.onCall({
      peerId: offer.from,
      seat,
      answer(_opening, configuration) {
        const { messages } = waiting.get(offer.call) ?? { messages: [offer] };
        waiting.delete(offer.call);
        return answered(messages, offer.call, configuration);
      },
      drop: () => void waiting.delete(offer.call),
    });
    return true;
  };

  return {
    get open() {
      return wire.open;
    },
    dial(to, opening) {
      if (!wire.open) return null;
      const { pc, helper } = connection(to.configuration);
      pc.addTransceiver(opening.tracks.audio ?? 'audio', { direction: 'sendrecv' });
      pc.addTransceiver(opening.tracks.video ?? 'video', { direction: 'sendrecv' });
      return {
        id: randomId(),
        pc,
        helper,
        begin: (negotiation) => negotiation.begin({ from: ticket.peerId, to: to.peerId }),
        close: () => undefined,
      };
    },
    hear(seat, message) {
      if (message.type === 'offer') return takeOffer(seat, message);
      const held = message.call === undefined ? undefined : waiting.get(message.call);
      if (held?.seat !== seat || message.type !== 'candidate') return false;
      if (held.messages.length < heldMessages) held.messages.push(message);
      return true;
    },
    close: () => waiting.clear(),
  };
}

function connection(configuration: RTCConfiguration): { pc: RTCPeerConnection; helper: RTCDataChannel } {
  const pc = new RTCPeerConnection(configuration);
  // Nothing is sent over it; it closes as soon as the other side closes the connection.
  return { pc, helper: pc.createDataChannel('alive', { negotiated: true, id: 0 }) };
}

/** The offer brings the lines. */
function answered(messages: readonly CallMessage[], id: string, configuration: RTCConfiguration): PeerCall {
  return {
    id,
    ...connection(configuration),
    begin: (negotiation) => messages.forEach((message) => negotiation.hear(message)),
    close: () => undefined,
  };
}
