import fc from 'fast-check';
import { holds, type NamedProperty } from '../named-property.js';
import { act, disturb } from './act.js';
import { Broken } from './audit.js';
import { anyHistory, PEOPLE, type History } from './steps.js';
import { marksOf, watch, watchSettled } from './watch.js';
import { createWorld, type Plant } from './world.js';

/** Long enough for every retry, lease and poll. */
const QUIET = 130_000;

export interface Played {
  readonly steps: number;
  /** Every change of the server's record, in order. */
  readonly changes: readonly string[];
  /** What it came by. */
  readonly marks: ReadonlySet<string>;
}

/** Plays one history, and looks after every step. @throws Broken that says which step it was, and what */
export async function play(history: History, plant?: Plant): Promise<Played> {
  const world = createWorld(history, plant);
  const marks = new Set<string>();
  let done = 0;
  try {
    await world.look();
    for (const step of history.steps) {
      await act(world, step);
      await world.look();
      watch(world);
      for (const mark of marksOf(world)) marks.add(mark);
      done += 1;
    }
    for (const who of PEOPLE) disturb(world, { do: 'network', who, state: 'on', reset: false });
    disturb(world, { do: 'media', state: 'heal' });
    for (const { page } of world.tabs) page.platform.wakeUp('visible');
    await world.clock.advance(QUIET);
    await world.look();
    watch(world);
    watchSettled(world);
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    const step = history.steps[done];
    throw new Broken(
      `${step === undefined ? 'at the end' : `step ${done + 1}, ${JSON.stringify(step)}`}: ${error.message}`,
    );
  } finally {
    for (const tab of world.tabs) tab.close('closed');
  }
  return { steps: done, changes: world.audit.changes, marks };
}

export interface HistoryOptions {
  /** Steps of one history, at most. */
  readonly length: number;
  readonly plant?: Plant;
  /** Told of every history that held. */
  readonly onPlayed?: (played: Played) => void;
}

/** What holds of patient, provider, their devices and a server through any history. */
export function historyProperties({ length, plant, onPlayed }: HistoryOptions): readonly NamedProperty[] {
  return [
    holds(
      'a history keeps to the rules, step by step, and all is well after it',
      fc.asyncProperty(anyHistory(length), async (history) => {
        const played = await play(history, plant);
        onPlayed?.(played);
      }),
    ),
    holds(
      'whatever the clocks of the devices say, the server’s history is the same',
      fc.asyncProperty(anyHistory(length), async (given) => {
        // Clocks that are wrong from the beginning: one that is set during a history is noticed within a minute only.
        const history = { ...given, steps: given.steps.filter((step) => step.do !== 'set-clock') };
        const crooked = await play(history, plant);
        const right = await play({ ...history, ahead: [] }, plant);
        if (JSON.stringify(crooked.changes) !== JSON.stringify(right.changes)) {
          throw new Broken('the server’s history is another one because of a device’s clock');
        }
        onPlayed?.(crooked);
        onPlayed?.(right);
      }),
    ),
  ];
}
