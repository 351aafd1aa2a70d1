import { admit, hold } from '../../domain/admission.js';
import { leave, reportPresence, takeSeat } from '../../domain/seats.js';
import { join, testNetwork, type SignallingAddress } from '../../domain/tickets.js';
import { commit, type Domain } from '../../domain/unit.js';
import type { Handlers } from '../operation-routes.js';

type SessionHandlers = Pick<
  Handlers,
  'takeSeat' | 'join' | 'reportPresence' | 'leave' | 'admitPatient' | 'holdPatient' | 'testNetwork'
>;

/** The right to take part in a call: the seat, the ticket, who is there, and who is let in. */
export function sessionHandlers(domain: Domain, address: SignallingAddress): SessionHandlers {
  return {
    takeSeat: async ({ id, body, signedIn: { person } }) =>
      commit(domain, (unit) => takeSeat(unit, person.id, id, body)),
    join: async ({ id, body, signedIn: { person } }) =>
      commit(domain, (unit) => join(unit, person.id, id, body.lease, address)),
    reportPresence: async ({ id, body, signedIn: { person } }) =>
      commit(domain, (unit) => reportPresence(unit, person.id, id, body)),
    async leave({ id, body, signedIn: { person } }) {
      await commit(domain, (unit) => leave(unit, person.id, id, body.lease));
      return undefined;
    },
    admitPatient: async ({ id, signedIn: { person } }) => ({
      parties: await commit(domain, (unit) => admit(unit, person.id, id)),
    }),
    holdPatient: async ({ id, body, signedIn: { person } }) => ({
      parties: await commit(domain, (unit) => hold(unit, person.id, id, body)),
    }),
    testNetwork: async ({ signedIn: { person } }) => commit(domain, (unit) => testNetwork(unit, person.id, address)),
  };
}
