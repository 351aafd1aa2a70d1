import { admissionContract } from './contracts/admission.contract.js';
import { attendanceContract } from './contracts/attendance.contract.js';
import { bookingsContract } from './contracts/bookings.contract.js';
import { endingContract } from './contracts/ending.contract.js';
import { eventsContract } from './contracts/events.contract.js';
import type { BackendHarness, ContractTest } from './contracts/harness.js';
import { guestsContract } from './contracts/guests.contract.js';
import { historyContract } from './contracts/history.contract.js';
import { meContract } from './contracts/me.contract.js';
import { movingContract } from './contracts/moving.contract.js';
import type { Need } from './contracts/needs.js';
import { notesContract } from './contracts/notes.contract.js';
import { seatsContract } from './contracts/seats.contract.js';
import { signallingContract } from './contracts/signalling.contract.js';

export {
  admissionContract,
  attendanceContract,
  bookingsContract,
  endingContract,
  eventsContract,
  guestsContract,
  historyContract,
  meContract,
  movingContract,
  notesContract,
  seatsContract,
  signallingContract,
};
export { NotCheckable } from './contracts/assert.js';
export type { BackendHarness, BackendPair, ContractTest } from './contracts/harness.js';
export { offersOf } from './contracts/needs.js';
export type { Need, Reached } from './contracts/needs.js';
export { videoContract } from './contracts/video.contract.js';
export type { VideoAbility, VideoHarness, VideoTest } from './contracts/video.contract.js';
export { RULES, RULES_OF_THE_PAGE } from './contracts/rules.js';
export type { RuleNumber } from './contracts/rules.js';

/** Every suite: a backend that offers everything keeps all of it. */
export function backendContract(harness: BackendHarness): readonly ContractTest[] {
  return [
    ...meContract(harness),
    ...bookingsContract(harness),
    ...seatsContract(harness),
    ...signallingContract(harness),
    ...attendanceContract(harness),
    ...admissionContract(harness),
    ...guestsContract(harness),
    ...endingContract(harness),
    // Before bookings go from one provider to the other.
    ...historyContract(harness),
    ...movingContract(harness),
    ...notesContract(harness),
    ...eventsContract(harness),
  ];
}

/** What can be asked of a backend that offers just this. */
export function testsFor(offers: ReadonlySet<Need>, tests: readonly ContractTest[]): readonly ContractTest[] {
  return tests.filter(({ needs }) => needs.every((need) => offers.has(need)));
}
