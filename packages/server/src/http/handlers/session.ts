import { admit, hold } from '../../domain/admission.js';
import { invite, removeGuest } from '../../domain/guests.js';
import { leave, reportPresence, takeSeat } from '../../domain/seats.js';
import { join, testNetwork, type SignallingAddress } from '../../domain/tickets.js';
import { act, takePart, type Domain } from '../../domain/unit.js';
import type { Handlers } from '../operation-routes.js';

type SessionHandlers = Pick<
  Handlers,
  | 'takeSeat'
  | 'join'
  | 'reportPresence'
  | 'leave'
  | 'admitPatient'
  | 'holdPatient'
  | 'inviteGuest'
  | 'removeGuest'
  | 'testNetwork'
>;

/** The right to take part in a call: the seat, the ticket, who is there, and who is let in. */
export function sessionHandlers(domain: Domain, address: SignallingAddress): SessionHandlers {
  return {
    takeSeat: async ({ id, body, signedIn: { person } }) =>
      takePart(domain, person.id, (unit) => takeSeat(unit, person.id, id, body)),
    join: async ({ id, body, signedIn: { person } }) =>
      takePart(domain, person.id, (unit) => join(unit, person.id, id, body.lease, address)),
    reportPresence: async ({ id, body, signedIn: { person } }) =>
      takePart(domain, person.id, (unit) => reportPresence(unit, person.id, id, body)),
    async leave({ id, body, signedIn: { person } }) {
      await takePart(domain, person.id, (unit) => leave(unit, person.id, id, body.lease));
      return undefined;
    },
    admitPatient: async ({ id, body, signedIn: { person } }) => ({
      parties: await act(domain, person.id, (unit) => admit(unit, person.id, id, body)),
    }),
    holdPatient: async ({ id, body, signedIn: { person } }) => ({
      parties: await act(domain, person.id, (unit) => hold(unit, person.id, id, body)),
    }),
    inviteGuest: async ({ id, body, key, signedIn: { person } }) =>
      act(domain, person.id, (unit) => invite(unit, { person: person.id, id, key }, body)),
    removeGuest: async ({ id, context, signedIn: { person } }) => ({
      parties: await act(domain, person.id, (unit) =>
        removeGuest(unit, person.id, id, context.req.param('seat') ?? ''),
      ),
    }),
    testNetwork: async ({ signedIn: { person } }) => testNetwork(domain, person.id, address),
  };
}
