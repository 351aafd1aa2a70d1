export { createMediaDevices } from './devices.js';
export type { MediaDevicesOptions } from './devices.js';
export { createOutgoing } from './outgoing.js';
export type { Opening, Outgoing } from './outgoing.js';
export { createPeerWatch } from './peer-watch.js';
export type { PeerWatch, PeerWatchOptions } from './peer-watch.js';
export type { WatchState } from './watch.rules.js';
export { createStatsReader } from './stats.js';
export type { StatsReader } from './stats.js';
