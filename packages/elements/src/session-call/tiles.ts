import type { CallView, OtherView, Party } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { guestWords } from '../shared/guests.js';
import { micOffIcon, userIcon } from '../shared/icons.js';
import type { Localize } from '../shared/localize.controller.js';
import { avatar, initialsFrom } from '../shared/person.js';

/** One of several who are seen at once. */
export interface Tile {
  readonly seat: string;
  /** Their name, and of a guest why they are there. */
  readonly words: string;
  readonly initials: string;
  readonly hasPicture: boolean;
  /** Why they are not seen, or what is on its way; empty for nothing. */
  readonly says: string;
  /** Their microphone is off. */
  readonly isMuted: boolean;
  /** What is seen of them stands still. */
  readonly isDim: boolean;
}

export interface TileFacts {
  readonly localize: Localize;
  readonly hasPicture: (seat: string) => boolean;
}

const TALKING: readonly CallView['state'][] = ['connecting', 'connected', 'reconnecting'];

/** Who is in the call beside the main other, each to be seen. */
export function besideMain({ others }: CallView): readonly OtherView[] {
  return others.slice(1);
}

/** Everybody who is to be seen, where that is not the main other alone; else empty. */
export function tilesOf(call: CallView, facts: TileFacts): readonly Tile[] {
  if (!TALKING.includes(call.state) || !besideMain(call).some(isHere)) return [];
  return call.others.filter(isHere).map((other) => tileOf(other, facts));
}

function isHere({ state }: OtherView): boolean {
  return state !== 'away' && state !== 'waiting';
}

function tileOf({ party, state }: OtherView, { localize, hasPicture }: TileFacts): Tile {
  const { microphone = 'on', camera = 'on', screen = false, limited } = party.sending ?? {};
  const sends = (camera === 'on' || screen) && limited !== 'audio';
  return {
    seat: party.seat,
    words: wordsOf(party, localize),
    initials: initialsFrom(party.name),
    hasPicture: sends && state !== 'connecting' && hasPicture(party.seat),
    says: saysOf(state, { isOff: camera !== 'on' && !screen, isHeld: limited === 'audio', name: party.name }, localize),
    isMuted: microphone !== 'on',
    isDim: state === 'interrupted',
  };
}

export function wordsOf(party: Party, localize: Localize): string {
  return party.role === 'guest' ? guestWords(party, localize) : party.name;
}

function saysOf(
  state: OtherView['state'],
  { isOff, isHeld, name }: { readonly isOff: boolean; readonly isHeld: boolean; readonly name: string },
  localize: Localize,
): string {
  if (state === 'connecting') return localize.t('guest.connecting');
  if (state === 'interrupted') return localize.t('guest.reconnecting');
  if (isOff) return localize.t('guest.camera-off');
  return isHeld ? localize.t('weak.theirs', name) : '';
}

export interface TilesOptions {
  readonly localize: Localize;
  /** The main other's seat. */
  readonly main: string | undefined;
  /** Whether the main other is to be seen, where they are alone. */
  readonly pictured: boolean;
  readonly isDim: boolean;
}

/**
 * The pictures. The main other's is always the first and always there, and everybody else's is known by their seat: who
 * comes or goes interrupts nobody.
 */
export function tilesTemplate(tiles: readonly Tile[], options: TilesOptions): TemplateResult {
  const { localize, main, pictured, isDim } = options;
  const own = tiles.find(({ seat }) => seat === main);
  const rest = tiles.filter((tile) => tile !== own);
  const isGroup = tiles.length > 0;
  return html`<div
    class="tiles ${isGroup ? 'group' : ''}"
    data-count=${tiles.length}
    role=${isGroup ? 'list' : nothing}
  >
    <div
      class="tile"
      part=${isGroup ? 'tile' : nothing}
      role=${isGroup ? 'listitem' : nothing}
      ?hidden=${isGroup && own === undefined}
    >
      <video
        class="remote"
        part="remote-video"
        autoplay
        playsinline
        ?hidden=${isGroup ? own?.hasPicture !== true : !pictured}
        ?data-dim=${own?.isDim ?? isDim}
      ></video>
      ${own === undefined ? nothing : captionTemplate(own, localize)}
    </div>
    ${repeat(
      rest,
      ({ seat }) => seat,
      (tile) =>
        html`<div class="tile" part="tile" role="listitem">
          <video
            class="remote"
            part="remote-video"
            data-seat=${tile.seat}
            autoplay
            playsinline
            ?hidden=${!tile.hasPicture}
            ?data-dim=${tile.isDim}
          ></video>
          ${captionTemplate(tile, localize)}
        </div>`,
    )}
  </div>`;
}

function captionTemplate({ words, initials, hasPicture, says, isMuted }: Tile, localize: Localize): TemplateResult {
  return html`${
      hasPicture
        ? nothing
        : html`<div class="unseen">
            ${avatar(initials, userIcon())} ${says === '' ? nothing : html`<p>${says}</p>`}
          </div>`
    }
    <p class="caption" part="tile-name">
      <b><bdi>${words}</bdi></b>
      ${hasPicture && says !== '' ? html`<span>${says}</span>` : nothing}
      ${
        isMuted
          ? html`<span class="muted-microphone"
              >${micOffIcon()}<span class="visually-hidden">${localize.t('guest.microphone-off')}</span></span
            >`
          : nothing
      }
    </p>`;
}
