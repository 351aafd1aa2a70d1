import { createSimulatedClock, type SimulatedClock } from '@active-session/testing';
import { describe, expect, it } from 'vitest';
import { createServerClock, type ObservingClock } from './server-clock.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** An answer of the server that came just now and took that long. */
function answer(device: SimulatedClock, clock: ObservingClock, { roundTrip = 40, wrongBy = 0 } = {}): void {
  const receivedAt = device.monotonic();
  clock.observe({
    serverTime: device.trueTime() - roundTrip / 2 + wrongBy,
    sentAt: receivedAt - roundTrip,
    receivedAt,
  });
}

function offBy(clock: ObservingClock, device: SimulatedClock): number {
  return clock.now() - device.trueTime();
}

describe('the server’s clock', () => {
  it('is the device’s own until the first answer', () => {
    const device = createSimulatedClock({ deviceAhead: 5 * MINUTE });
    const clock = createServerClock(device);
    expect(clock.now()).toBe(device.wall());
    expect(clock.deviceAhead()).toBeNull();
  });

  it.each([9 * MINUTE, -9 * MINUTE, DAY, -DAY, -56 * 365 * DAY])(
    'is right on a device that is %d ms ahead',
    async (ahead) => {
      const device = createSimulatedClock({ deviceAhead: ahead });
      const clock = createServerClock(device);
      answer(device, clock);
      expect(offBy(clock, device)).toBe(0);
      expect(clock.deviceAhead()).toBe(ahead);
      await device.advance(3 * 60 * MINUTE);
      expect(offBy(clock, device)).toBe(0);
      expect(clock.isDoubtful()).toBe(false);
    },
  );

  it('goes on through sleep, and wants to be measured', async () => {
    const device = createSimulatedClock({ deviceAhead: 9 * MINUTE });
    const clock = createServerClock(device);
    answer(device, clock);
    await device.sleep(30 * MINUTE);
    expect(offBy(clock, device)).toBe(0);
    expect(clock.isDoubtful()).toBe(true);
    answer(device, clock);
    expect(clock.isDoubtful()).toBe(false);
    expect(offBy(clock, device)).toBe(0);
  });

  it.each([10 * MINUTE, -10 * MINUTE])(
    'is right again at the first answer after the wall clock jumped %d ms',
    async (jump) => {
      const device = createSimulatedClock();
      const clock = createServerClock(device);
      answer(device, clock);
      await device.advance(MINUTE);
      device.jumpWall(jump);
      expect(clock.isDoubtful()).toBe(true);
      answer(device, clock, { roundTrip: 900 });
      expect(offBy(clock, device)).toBe(0);
      expect(clock.isDoubtful()).toBe(false);
    },
  );

  it('is not moved by a wall clock set back', async () => {
    const device = createSimulatedClock();
    const clock = createServerClock(device);
    answer(device, clock);
    device.jumpWall(-DAY);
    await device.advance(MINUTE);
    expect(offBy(clock, device)).toBe(0);
  });

  it.each([
    [2_000, false],
    [2_001, true],
    [-2_000, false],
    [-2_001, true],
  ])('between the two clocks of a device %d ms are %s to be noticed', (jump, noticed) => {
    const device = createSimulatedClock();
    const clock = createServerClock(device);
    answer(device, clock);
    device.jumpWall(jump);
    expect([clock.isDoubtful(), offBy(clock, device)]).toEqual([noticed, jump === 2_001 ? jump : 0]);
  });

  it('takes an answer of the time at which it came, however late it is looked at', async () => {
    const device = createSimulatedClock();
    const clock = createServerClock(device);
    const [receivedAt, serverTime] = [device.monotonic(), device.trueTime()];
    await device.advance(MINUTE);
    clock.observe({ serverTime, sentAt: receivedAt, receivedAt });
    expect([offBy(clock, device), clock.isDoubtful()]).toEqual([0, false]);
  });

  it('a slow answer that may be right is no surprise', () => {
    const device = createSimulatedClock();
    const clock = createServerClock(device);
    answer(device, clock, { roundTrip: 20 });
    answer(device, clock, { roundTrip: 1_800, wrongBy: 2_500 });
    expect(offBy(clock, device)).toBe(0);
  });

  it('takes an answer that took two seconds, and none that took longer', () => {
    const device = createSimulatedClock();
    const clock = createServerClock(device);
    answer(device, clock, { roundTrip: 8_000, wrongBy: 300 });
    answer(device, clock, { roundTrip: 2_000 });
    expect(offBy(clock, device)).toBe(0);
    answer(device, clock, { roundTrip: 2_001, wrongBy: DAY });
    expect(offBy(clock, device)).toBe(0);
  });

  it('ignores slow answers', () => {
    const device = createSimulatedClock();
    const clock = createServerClock(device);
    answer(device, clock);
    answer(device, clock, { roundTrip: 2_001, wrongBy: 30 * MINUTE });
    expect(offBy(clock, device)).toBe(0);
  });

  it('takes a slow one where there is no other', () => {
    const device = createSimulatedClock({ deviceAhead: DAY });
    const clock = createServerClock(device);
    answer(device, clock, { roundTrip: 8_000, wrongBy: 300 });
    expect(offBy(clock, device)).toBe(300);
    answer(device, clock);
    expect(offBy(clock, device)).toBe(0);
  });

  it('keeps the better of two readings, and trusts an old one less', async () => {
    const device = createSimulatedClock();
    const clock = createServerClock(device);
    answer(device, clock, { roundTrip: 20 });
    answer(device, clock, { roundTrip: 400, wrongBy: 150 });
    expect(offBy(clock, device)).toBe(0);
    await device.advance(10 * MINUTE);
    answer(device, clock, { roundTrip: 400, wrongBy: 150 });
    expect(offBy(clock, device)).toBe(150);
  });

  it('follows a server whose clock was set', () => {
    const device = createSimulatedClock();
    const clock = createServerClock(device);
    answer(device, clock, { roundTrip: 20 });
    answer(device, clock, { roundTrip: 600, wrongBy: 10_000 });
    expect(offBy(clock, device)).toBe(10_000);
  });
});
