import { expect, type Page } from '@playwright/test';
import { remoteVideo, type Person } from '../test.js';
import { countArrived, type Counted, type Moment } from './recorder.js';

const WITHIN = 60_000;

export interface Arrived extends Counted {
  /** Frames that were handed to the picture that the person sees. */
  readonly shown: number;
}

export async function arrived(page: Page): Promise<Arrived> {
  const shown = await remoteVideo(page)
    .evaluate((video) => (video instanceof HTMLVideoElement ? video.getVideoPlaybackQuality().totalVideoFrames : 0), {
      timeout: 5_000,
    })
    .catch(() => 0);
  return { shown, ...(await page.evaluate(countArrived)) };
}

/**
 * Waits until picture and sound of the other side go on arriving: twenty frames more and a second's worth of sound. A
 * connection that is replaced begins to count anew, so counting does, too.
 */
export async function expectMedia(page: Page, within = WITHIN): Promise<void> {
  let from = await arrived(page);
  const news = async (): Promise<string> => {
    const now = await arrived(page);
    if (now.shown < from.shown || now.audioBytes < from.audioBytes) from = now;
    const [frames, sound] = [now.shown - from.shown >= 20, now.audioBytes - from.audioBytes >= 2_000];
    return frames && sound ? 'all' : frames ? 'no sound' : sound ? 'no picture' : 'nothing';
  };
  await expect.poll(news, { timeout: within, message: 'picture and sound arrive' }).toBe('all');
}

/** Sound goes on; the picture does too, or it is said that a weak network keeps it back, and whose. */
export async function expectSoundAndWord(page: Page, within = WITHIN): Promise<void> {
  let from = await arrived(page);
  const word = page.getByText(/connection (?:of .+ )?is weak/i).first();
  const news = async (): Promise<string> => {
    const now = await arrived(page);
    if (now.audioBytes < from.audioBytes) from = now;
    const [frames, sound] = [now.shown - from.shown >= 20, now.audioBytes - from.audioBytes >= 2_000];
    if (!sound) return 'no sound';
    return frames || (await word.isVisible()) ? 'sound' : 'no picture, and no word of it';
  };
  await expect.poll(news, { timeout: within, message: 'sound arrives' }).toBe('sound');
}

export async function expectMediaBothWays(one: Person, other: Person, within = WITHIN): Promise<void> {
  await Promise.all([expectMedia(one.page, within), expectMedia(other.page, within)]);
}

/** The states of the call since a moment, in order. */
export async function statesSince(page: Page, since: Moment): Promise<readonly { at: Moment; state: string }[]> {
  return (await page.evaluate(() => window.callRecord.states)).filter(({ at }) => at >= since);
}

/** When `<session-call>` first was in this state after a moment; null: not yet. */
export async function firstIn(page: Page, state: string, since: Moment): Promise<Moment | null> {
  return (await statesSince(page, since)).find((one) => one.state === state)?.at ?? null;
}

/** Waits for a state that may be over already. @returns when it began */
export async function expectState(page: Page, state: string, since: Moment, within = WITHIN): Promise<Moment> {
  await expect.poll(() => firstIn(page, state, since), { timeout: within, message: state }).not.toBeNull();
  return (await firstIn(page, state, since)) ?? NaN;
}

export interface Path {
  readonly local: string;
  readonly remote: string;
  readonly protocol: string;
  /** How the relay is spoken with, where one is used. */
  readonly relayProtocol: string | null;
  readonly address: string;
  readonly remoteAddress: string;
}

/** The way that media takes, of every connection that is up. */
export function selectedPaths(page: Page): Promise<readonly Path[]> {
  return page.evaluate(async () => {
    const paths: Path[] = [];
    for (const connection of window.callRecord.connections) {
      if (connection.connectionState !== 'connected') continue;
      const stats = new Map<string, Record<string, unknown>>(await connection.getStats());
      const transport = [...stats.values()].find(({ type }) => type === 'transport');
      const pair = stats.get(String(transport?.['selectedCandidatePairId']));
      const local = stats.get(String(pair?.['localCandidateId']));
      const remote = stats.get(String(pair?.['remoteCandidateId']));
      if (local === undefined || remote === undefined) continue;
      paths.push({
        local: String(local['candidateType']),
        remote: String(remote['candidateType']),
        protocol: String(local['protocol']),
        relayProtocol: typeof local['relayProtocol'] === 'string' ? local['relayProtocol'] : null,
        address: String(local['address']),
        remoteAddress: String(remote['address']),
      });
    }
    return paths;
  });
}
