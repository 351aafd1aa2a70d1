import { describe, expect, it } from 'vitest';
import { toDevicesError } from './device-errors.js';
import type { Permissions } from './device-errors.js';

function permissions(state: PermissionState | undefined, allowed = true): Permissions {
  return { policyAllows: () => allowed, state: async () => state };
}

const both = { camera: true, microphone: true };
const thrown = (name: string) => new DOMException('said the browser', name);

describe('what getUserMedia threw', () => {
  it.each([
    ['NotFoundError', 'devices-missing'],
    ['OverconstrainedError', 'devices-missing'],
    ['NotReadableError', 'devices-busy'],
    ['AbortError', 'devices-busy'],
    ['SecurityError', 'devices-blocked'],
    ['TypeError', 'devices-failed'],
  ])('%s is %s', async (name, code) => {
    const cause = thrown(name);
    const error = await toDevicesError(cause, both, permissions(undefined));
    expect(error.code).toBe(code);
    expect(error.cause).toBe(cause);
  });

  it.each([
    ['denied', true, 'devices-denied'],
    ['prompt', true, 'devices-dismissed'],
    ['granted', true, 'devices-denied'],
    [undefined, true, 'devices-denied'],
    ['prompt', false, 'devices-blocked'],
    ['denied', false, 'devices-blocked'],
  ] as const)('NotAllowedError with permission %s, policy %s is %s', async (state, allowed, code) => {
    const error = await toDevicesError(thrown('NotAllowedError'), both, permissions(state, allowed));
    expect(error.code).toBe(code);
  });

  it('asks only about what was requested', async () => {
    const asked: string[] = [];
    await toDevicesError(
      thrown('NotAllowedError'),
      { camera: false, microphone: true },
      { policyAllows: (kind) => asked.push(kind) > 0, state: async () => 'prompt' },
    );
    expect(asked).toEqual(['microphone']);
  });

  it('survives what is not an error', async () => {
    expect((await toDevicesError('no', both, permissions(undefined))).code).toBe('devices-failed');
  });
});
