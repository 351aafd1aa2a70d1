import * as z from 'zod/mini';
import { idSchema } from '../booking/booking.schema.js';
import { instantSchema } from '../booking/instant.schema.js';
import { labelSchema } from '../booking/label.schema.js';
import { partySchema } from '../booking/party.schema.js';

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
  /** The engine's own signalling. For `peerjs` an endpoint that speaks the PeerJS protocol. */
  engineGrant: grantSchema,
  /** The backend's own signalling channel between the parties, for every engine. */
  signalling: z.optional(grantSchema),
  iceServers: z.array(iceServerSchema),
  iceTransportPolicy: z.optional(z.enum(['all', 'relay'])),
  expiresAt: instantSchema,
});
export type Ticket = Readonly<z.infer<typeof ticketSchema>>;

/** What a presence report is answered with: who is there, and the lease as it now stands. */
export const presenceAnswerSchema = z.object({
  seat: seatSchema,
  parties: z.array(partySchema),
});
export type PresenceAnswer = Readonly<z.infer<typeof presenceAnswerSchema>>;
