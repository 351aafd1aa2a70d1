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
    ['granted', true, 'devices-system'],
    [undefined, true, 'devices-denied'],
    ['prompt', false, 'devices-blocked'],
    ['denied', false, 'devices-blocked'],
  ] as const)('NotAllowedError with permission %s, policy %s is %s', async (state, allowed, code) => {
    const error = await toDevicesError(thrown('NotAllowedError'), both, permissions(state, allowed));
    expect(error.code).toBe(code);
  });

  it.each(['granted', 'prompt', 'denied', undefined] as const)(
    'the system’s own word counts more than permission %s',
    async (state) => {
      const cause = new DOMException('Permission denied by system', 'NotAllowedError');
      expect((await toDevicesError(cause, both, permissions(state))).code).toBe('devices-system');
      expect((await toDevicesError(cause, both, permissions(state, false))).code).toBe('devices-blocked');
    },
  );

  it('names the one device of two that is known to be the reason', async () => {
    const state: Permissions['state'] = async (kind) => (kind === 'camera' ? 'denied' : 'granted');
    for (const policyAllows of [(kind: string) => kind !== 'camera', () => true]) {
      const { problems } = await toDevicesError(thrown('NotAllowedError'), both, { policyAllows, state });
      expect(problems.map(({ path }) => path)).toEqual(['camera']);
    }
    const unknown = await toDevicesError(thrown('NotReadableError'), both, permissions(undefined));
    expect(unknown.problems).toEqual([]);
    const alone = await toDevicesError(
      thrown('NotReadableError'),
      { camera: true, microphone: false },
      permissions(undefined),
    );
    expect(alone.problems.map(({ path }) => path)).toEqual(['camera']);
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
