import { DeviceCheck } from './device-check.js';

DeviceCheck.define();
