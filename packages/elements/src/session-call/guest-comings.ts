import type { Scene } from './scene.js';
import { besideMain, wordsOf } from './tiles.js';

/** Who beside the main other comes into the call and goes, each said once. */
export class GuestComings {
  /** By seat, with the words for who it is: after they have gone nobody names them any more. */
  #here = new Map<string, string>();

  notice({ call, localize }: Scene): string {
    // While this person is not in the call themselves, nobody comes or goes for them.
    if (call === null) this.#here.clear();
    if (call === null || call.state === 'preparing' || call.state === 'leaving') return '';
    const before = this.#here;
    const came = besideMain(call)
      .filter(({ state, party }) => state === 'connected' || (state !== 'away' && before.has(party.seat)))
      .map(({ party }) => [party.seat, wordsOf(party, localize)] as const);
    this.#here = new Map(came);
    const joined = came.filter(([seat]) => !before.has(seat)).map(([, words]) => localize.t('guest.joined', words));
    const left = [...before]
      .filter(([seat]) => !this.#here.has(seat))
      .map(([, words]) => localize.t('guest.left', words));
    return [...joined, ...left].join(' ');
  }

  forget(): void {
    this.#here.clear();
  }
}
