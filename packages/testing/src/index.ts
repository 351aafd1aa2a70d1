export { createFakeDevices } from './fake-devices.js';
export type { FakeDevices, FakeDevicesOptions, FakeMedia } from './fake-devices.js';
export { createFakePlatform } from './fake-platform.js';
export type { FakePlatform, FakePlatformOptions } from './fake-platform.js';
export { createFakeVideoNetwork } from './fake-video.js';
export type { FakeConnection, FakeVideoNetwork, FakeVideoOptions } from './fake-video.js';
export { createMemoryBackend } from './memory-backend.js';
export type {
  BackendMethod,
  BookingFields,
  EventFeed,
  EventsSince,
  FailOptions,
  MemoryBackend,
  MemoryHours,
  MemoryOptions,
  MemoryPerson,
  PageOptions,
  PersonalBackend,
} from './memory-backend.js';
export { recordConnections } from './record-connections.js';
export type { ConnectionRecord } from './record-connections.js';
export { createSignallingHub } from './signalling-hub.js';
export type { SignallingHub } from './signalling-hub.js';
export { createSimulatedClock } from './simulated-clock.js';
export type { SimulatedClock, SimulatedClockOptions } from './simulated-clock.js';
export { createSystemClock } from './system-clock.js';
export { createClinic } from './clinic.js';
export type { Clinic, ClinicOptions, OpenOptions, Page } from './clinic.js';
export type { Fault } from './faults.js';
export { createScriptedParty } from './scripted-party.js';
export type { ScriptedParty, ScriptedPartyOptions } from './scripted-party.js';
