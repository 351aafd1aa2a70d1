import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openTab, startClinic, type Clinic, type Tab, type TabOptions } from '../test-support/tabs.js';

let clinic: Clinic;
let person: string;
let tabs: Tab[];
/** Whatever else of this process has tabs has other people. */
let people = 0;

beforeEach(async () => {
  clinic = await startClinic();
  person = `shared-${(people += 1)}`;
  tabs = [];
});
afterEach(async () => {
  for (const tab of tabs) tab.stop();
  await clinic.stop();
});

function open(options: Partial<TabOptions> = {}): Tab {
  const tab = openTab({ url: clinic.url, person, ...options });
  tabs.push(tab);
  return tab;
}

async function live(options: Partial<TabOptions> = {}): Promise<Tab> {
  const tab = open(options);
  await tab.untilState('live');
  return tab;
}

const streams = (count: number): Promise<void> =>
  vi.waitFor(() => expect(clinic.open()).toBe(count), { timeout: 10_000, interval: 5 });
const heard = (tab: Tab, notes: readonly string[]): Promise<void> =>
  vi.waitFor(() => expect(tab.notes()).toEqual(notes), { timeout: 10_000, interval: 5 });
const locks = async (): Promise<string[]> => {
  const { held = [], pending = [] } = await navigator.locks.query();
  return [...held, ...pending].flatMap(({ name = '' }) => (name.endsWith(person) ? name : []));
};
/** One tab that shares its stream, and waits to be asked. */
async function sharing(options: Partial<TabOptions> = {}): Promise<Tab> {
  const tab = await live(options);
  await vi.waitFor(async () => expect(await locks()).toHaveLength(1));
  return tab;
}

describe('a hidden tab', () => {
  test('goes on with the stream of another: all that happens comes to each, each once and in order', async () => {
    const first = await sharing();
    const others = await Promise.all([live({ isHidden: true }), live({ isHidden: true }), live({ isHidden: true })]);
    expect(clinic.asked()).toEqual(['10']);
    for (let i = 0; i < 5; i += 1) clinic.happen();
    for (const tab of [first, ...others]) {
      await heard(tab, ['n11', 'n12', 'n13', 'n14', 'n15']);
      expect(tab.states()).toEqual(['live']);
    }
    expect(clinic.open()).toBe(1);
  });

  test('is told what it missed, from where it was', async () => {
    const first = await sharing();
    for (let i = 0; i < 4; i += 1) clinic.happen();
    await heard(first, ['n11', 'n12', 'n13', 'n14']);
    const late = await live({ isHidden: true, after: '12' });
    expect(late.notes()).toEqual(['n13', 'n14']);
    expect(late.states()).toEqual(['live']);
    expect(clinic.asked()).toEqual(['10']);
  });

  test('that was where the other never was reads everything anew, and goes on from there', async () => {
    await sharing();
    const stranger = await live({ isHidden: true, after: '7' });
    expect(stranger.states()).toEqual(['reset', 'live']);
    clinic.happen();
    await heard(stranger, ['n11']);
    expect(clinic.asked()).toEqual(['10']);
  });

  test('has a stream of its own where nobody shares one, and shares it', async () => {
    const first = await live({ isHidden: true });
    expect(clinic.asked()).toEqual(['10']);
    await live({ isHidden: true });
    clinic.happen();
    await heard(first, ['n11']);
    expect(clinic.open()).toBe(1);
  });

  test('goes on when the other is closed: one of those left has a stream, and shares it with the rest', async () => {
    const first = await sharing();
    const others = await Promise.all([live({ isHidden: true }), live({ isHidden: true }), live({ isHidden: true })]);
    clinic.happen();
    for (const tab of others) await heard(tab, ['n11']);
    first.stop();
    clinic.happen();
    for (const tab of others) await heard(tab, ['n11', 'n12']);
    await streams(1);
    clinic.happen();
    for (const tab of others) {
      await heard(tab, ['n11', 'n12', 'n13']);
      // Nobody was shown that there was a change.
      expect(tab.states()).toEqual(['live']);
    }
    expect(clinic.asked()).toEqual(['10', '11']);
  });

  test('has a stream of its own where who holds the lock does not answer', async () => {
    const first = await sharing();
    first.freeze();
    const other = await live({ isHidden: true });
    clinic.happen();
    await heard(other, ['n11']);
    expect(clinic.open()).toBe(2);
  });

  test('notices that the other says nothing any more, and has a stream of its own', async () => {
    await clinic.stop();
    clinic = await startClinic(400);
    const first = await sharing();
    const beats = setInterval(() => {
      clinic.beat();
    }, 100);
    const other = await live({ isHidden: true });
    first.freeze();
    await streams(2);
    clinic.happen();
    await heard(other, ['n11']);
    clearInterval(beats);
    expect(clinic.asked()).toEqual(['10', '10']);
  });

  test('follows whoever shares later, though it had to open a stream of its own', async () => {
    const first = await sharing();
    first.freeze();
    const second = await live();
    const third = await live({ isHidden: true });
    await streams(3);
    first.stop();
    await streams(1);
    clinic.happen();
    for (const tab of [second, third]) await heard(tab, ['n11']);
    expect(third.states()).toEqual(['live']);
  });

  test('whose browser stole the lock goes on with who has it', async () => {
    const first = await sharing({ isHidden: true });
    const [name = ''] = await locks();
    let release = (): void => undefined;
    void navigator.locks.request(name, { steal: true }, () => new Promise<void>((resolve) => (release = resolve)));
    const second = await live();
    release();
    await streams(1);
    clinic.happen();
    for (const tab of [first, second]) await heard(tab, ['n11']);
  });

  test('takes nothing that was not said by who shares, or not in the form of a frame', async () => {
    const frames = [{ type: 'note.added', id: '99', data: '{}' }];
    await sharing();
    const other = await live({ isHidden: true });
    const [name = ''] = await locks();
    const anybody = new BroadcastChannel(name);
    for (const message of [
      null,
      7,
      { type: 'frames', from: 'anybody', to: null, frames },
      { type: 'frames', from: 'anybody', to: null, frames: [{ type: 'hello', id: 3, data: null }] },
      { type: 'frames', from: 'anybody', frames: 'all' },
      { type: 'over', from: 'anybody' },
      { type: 'join', from: 'anybody', known: { length: 1 } },
    ]) {
      anybody.postMessage(message);
    }
    clinic.happen();
    await heard(other, ['n11']);
    anybody.close();
    expect(other.states()).toEqual(['live']);
    expect(clinic.asked()).toEqual(['10']);
  });
});

describe('a tab that is looked at', () => {
  test('has a stream of its own, whoever shares', async () => {
    await sharing();
    const second = await live();
    expect(clinic.open()).toBe(2);
    clinic.happen();
    await heard(second, ['n11']);
  });

  test('and then hidden and looked at again misses and doubles nothing', async () => {
    const first = await sharing();
    const second = await live();
    const told: string[] = [];
    for (let id = 11; id < 41; id += 1) {
      clinic.happen();
      told.push(`n${id}`);
      if (id % 2 === 0) second.hide();
      else second.show();
      if (id % 5 === 0) await streams(id % 2 === 0 ? 1 : 2);
    }
    await heard(first, told);
    await heard(second, told);
    expect(second.states()).toEqual(['live']);
  });

  test('ends its own when it is hidden, and begins it when it is shown', async () => {
    await sharing();
    const second = await live();
    second.hide();
    await streams(1);
    clinic.happen();
    await heard(second, ['n11']);
    second.show();
    await streams(2);
    expect(clinic.asked()).toEqual(['10', '10', '11']);
    expect(second.states()).toEqual(['live']);
  });

  test('needs no other: it hears all while who shares is stopped', async () => {
    const first = await sharing({ isHidden: true });
    const second = await live({ isHidden: true });
    first.freeze();
    second.show();
    await streams(2);
    clinic.happen();
    await heard(second, ['n11']);
  });
});

describe('a tab that is put away', () => {
  test('lets go of lock and channel, and another shares; it is one of them when it comes back', async () => {
    const first = await sharing();
    const second = await live({ isHidden: true });
    first.hide();
    first.putAway();
    await vi.waitFor(async () => expect(await locks()).toHaveLength(1));
    await vi.waitFor(() => expect(clinic.asked()).toEqual(['10', '10']));
    clinic.happen();
    await heard(second, ['n11']);
    first.comeBack();
    await streams(1);
    clinic.happen();
    for (const tab of [first, second]) await heard(tab, ['n11', 'n12']);
  });

  test('and followed another goes on behind what it knows', async () => {
    await sharing();
    const second = await live({ isHidden: true });
    second.putAway();
    clinic.happen();
    clinic.happen();
    second.comeBack();
    await heard(second, ['n11', 'n12']);
    expect(clinic.open()).toBe(1);
  });
});

describe('two people', () => {
  test('never share, and nothing of the one is said where the other can hear it', async () => {
    await sharing();
    const other = await live({ isHidden: true, person: `${person}-other` });
    expect(clinic.open()).toBe(2);
    clinic.happen();
    await heard(other, ['n11']);
  });

  test('one after the other on one tab: it leaves who was there before at once', async () => {
    const first = await sharing();
    const second = await live({ isHidden: true });
    expect(clinic.open()).toBe(1);
    second.signedIn(`${person}-other`);
    await streams(2);
    first.signedIn(`${person}-other`);
    await vi.waitFor(async () => expect(await locks()).toEqual([]));
    clinic.happen();
    for (const tab of [first, second]) await heard(tab, ['n11']);
  });

  test('who is not known yet shares with nobody', async () => {
    await sharing();
    const tab = open({ isHidden: true });
    tab.signedIn(null);
    await tab.untilState('live');
    expect(clinic.open()).toBe(2);
  });
});

test('who stops listening frees lock and channel, whether they shared or followed', async () => {
  const first = await sharing();
  const second = await live({ isHidden: true });
  second.stop();
  first.stop();
  await vi.waitFor(async () => expect(await locks()).toEqual([]));
  await streams(0);
});
