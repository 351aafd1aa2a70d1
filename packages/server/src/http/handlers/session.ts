import { admit, hold } from '../../domain/admission.js';
import { leave, reportPresence, takeSeat } from '../../domain/seats.js';
import { join, testNetwork, type SignallingAddress } from '../../domain/tickets.js';
import { act, type Domain } from '../../domain/unit.js';
import type { Handlers } from '../operation-routes.js';

type SessionHandlers = Pick<
  Handlers,
  'takeSeat' | 'join' | 'reportPresence' | 'leave' | 'admitPatient' | 'holdPatient' | 'testNetwork'
>;

/** The right to take part in a call: the seat, the ticket, who is there, and who is let in. */
export function sessionHandlers(domain: Domain, address: SignallingAddress): SessionHandlers {
  return {
    takeSeat: async ({ id, body, signedIn: { person } }) =>
      act(domain, person.id, (unit) => takeSeat(unit, person.id, id, body)),
    join: async ({ id, body, signedIn: { person } }) =>
      act(domain, person.id, (unit) => join(unit, person.id, id, body.lease, address)),
    reportPresence: async ({ id, body, signedIn: { person } }) =>
      act(domain, person.id, (unit) => reportPresence(unit, person.id, id, body)),
    async leave({ id, body, signedIn: { person } }) {
      await act(domain, person.id, (unit) => leave(unit, person.id, id, body.lease));
      return undefined;
    },
    admitPatient: async ({ id, signedIn: { person } }) => ({
      parties: await act(domain, person.id, (unit) => admit(unit, person.id, id)),
    }),
    holdPatient: async ({ id, body, signedIn: { person } }) => ({
      parties: await act(domain, person.id, (unit) => hold(unit, person.id, id, body)),
    }),
    testNetwork: async ({ signedIn: { person } }) => testNetwork(domain, person.id, address),
  };
}
