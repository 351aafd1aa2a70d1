import type { Ticket } from '../call/ticket.schema.js';
import { SessionError } from '../errors.js';
import type { VideoPort } from './video.port.js';

/**
 * Several video engines as one: each call is made by the one that its ticket names.
 *
 * `connect` throws a `SessionError` `video-unconfigured` for a ticket whose engine is not among them.
 */
export function chooseVideo(engines: Readonly<Partial<Record<Ticket['engine'], VideoPort>>>): VideoPort {
  const probe = Object.values(engines).find((engine) => engine.probe !== undefined);
  return {
    connect(ticket, options) {
      const engine = engines[ticket.engine];
      if (engine !== undefined) return engine.connect(ticket, options);
      throw new SessionError('video-unconfigured', `This page has no video engine "${ticket.engine}".`);
    },
    // Before there is a ticket nobody knows which it will be; what they need of a network is the same.
    ...(probe?.probe && { probe: probe.probe.bind(probe) }),
  };
}
