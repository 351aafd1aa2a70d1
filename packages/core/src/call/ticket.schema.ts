import * as z from 'zod/mini';
import { idSchema } from '../booking/booking.schema.js';
import { instantSchema } from '../booking/instant.schema.js';
import { labelSchema, sentLabelSchema } from '../booking/label.schema.js';
import { deviceCheckSchema } from '../booking/device-check.schema.js';
import { partySchema, sendingSchema } from '../booking/party.schema.js';

/** How a page asks for its person's seat. */
export const seatRequestSchema = z.object({
  /** Random name of the page that asks. The same holder asking again gets the seat anew; another one needs `takeOver`. */
  holder: sentLabelSchema,
  /** Take it from whoever has it now. */
  takeOver: z.boolean(),
});
export type SeatRequest = Readonly<z.infer<typeof seatRequestSchema>>;

/** By which lease a page speaks for its seat. */
export const leaseRequestSchema = z.object({ lease: sentLabelSchema });

/** What somebody does in a session, what their device check found, and what they send. Left out: as before. */
export const presenceReportSchema = z.object({
  lease: sentLabelSchema,
  state: z.enum(['waiting', 'in-call']),
  devices: z.optional(deviceCheckSchema),
  sending: z.optional(sendingSchema),
});
export type PresenceReport = Readonly<z.infer<typeof presenceReportSchema>>;

/** The lease on a seat. It is renewed by presence and can't be renewed once it has expired. */
export const seatSchema = z.object({
  seat: labelSchema,
  lease: labelSchema,
  expiresAt: instantSchema,
  /** The longest time between two presence reports, in ms. */
  renewEvery: z.int().check(z.positive()),
});
export type Seat = Readonly<z.infer<typeof seatSchema>>;

const iceServerSchema = z.object({
  urls: z.union([z.string(), z.array(z.string())]),
  username: z.optional(z.string()),
  credential: z.optional(z.string()),
});
export type IceServer = Readonly<z.infer<typeof iceServerSchema>>;

/** One use of one signalling address by the seat that it was given to. */
export const grantSchema = z.object({
  /** Address of the signalling endpoint, absolute (`wss:`). */
  url: labelSchema,
  /** Opaque and secret; good for one connection, until `expiresAt`. */
  token: labelSchema,
  expiresAt: instantSchema,
});
export type Grant = Readonly<z.infer<typeof grantSchema>>;

/** The server's permission for one person to take a seat's part in the call, once. */
export const ticketSchema = z.object({
  bookingId: idSchema,
  seat: labelSchema,
  /** Which video engine this session uses. */
  engine: z.enum(['peerjs', 'webrtc']),
  /** The id under which this seat can be dialled during this ticket. */
  peerId: labelSchema,
  parties: z.array(partySchema),
  /** The engine's own signalling: for `peerjs` an endpoint that speaks the PeerJS protocol. `webrtc` has none. */
  engineGrant: z.optional(grantSchema),
  /**
   * The backend's own signalling channel between the parties. All that `webrtc` needs; with it `peerjs` mends a broken
   * path, and without it builds the call anew.
   */
  signalling: z.optional(grantSchema),
  /**
   * Connect with who is in the waiting room before they are let in, without camera and microphone: `all` lets both
   * pages learn each other's addresses then, `relay` only once they are let in. Left out: don't.
   */
  preconnect: z.optional(z.enum(['all', 'relay'])),
  iceServers: z.array(iceServerSchema),
  iceTransportPolicy: z.optional(z.enum(['all', 'relay'])),
  expiresAt: instantSchema,
});
export type Ticket = Readonly<z.infer<typeof ticketSchema>>;

/** What a check before the call can try: the relay servers, and a signalling connection that only echoes. */
export const networkTestSchema = z.object({
  iceServers: z.array(iceServerSchema),
  iceTransportPolicy: z.optional(z.enum(['all', 'relay'])),
  /** A channel that says `ready` and then sends every `{ type: 'probe', payload }` back. */
  probe: grantSchema,
  expiresAt: instantSchema,
});
export type NetworkTest = Readonly<z.infer<typeof networkTestSchema>>;

/** What a presence report is answered with: who is there, and the lease as it now stands. */
export const presenceAnswerSchema = z.object({
  seat: seatSchema,
  parties: z.array(partySchema),
});
export type PresenceAnswer = Readonly<z.infer<typeof presenceAnswerSchema>>;
