import { backendContract } from '@active-session/testing/contracts';
import { describe, test } from 'vitest';
import { startReference } from './support/reference.js';

describe('the reference server, over adapter-rest', () => {
  for (const { name, run } of backendContract({ setUp: startReference })) test(name, run);
});
