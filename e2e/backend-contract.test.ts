import { DEFAULT_WINDOW_POLICY, type WindowPolicy } from '@active-session/core';
import {
  admissionContract,
  attendanceContract,
  backendContract,
  seatsContract,
} from '@active-session/testing/contracts';
import { describe, test } from 'vitest';
import { startReference } from './support/reference.js';

describe('the reference server, over adapter-rest', () => {
  for (const { name, run } of backendContract({ setUp: startReference })) test(name, run);
});

describe('the reference server where the provider admits, over adapter-rest', () => {
  const policy: WindowPolicy = { ...DEFAULT_WINDOW_POLICY, admission: 'provider' };
  const harness = { setUp: () => startReference(policy) };
  for (const { name, run } of [
    ...seatsContract(harness),
    ...attendanceContract(harness),
    ...admissionContract(harness),
  ]) {
    test(name, run);
  }
});
