import type { MediaRequest } from '@active-session/core';
import type { Localize } from '../shared/localize.controller.js';

export type StageAction = 'start' | 'continue-here' | 'refresh' | 'end' | 'ask-end' | 'rejoin' | 'admit';

export interface StageButton {
  readonly action: StageAction;
  readonly label: string;
  readonly primary: boolean;
  readonly media?: MediaRequest;
}

/** Somebody's own words, after who says them. */
export interface Quote {
  readonly by: string;
  readonly text: string;
}

/** What the stage says in place of a picture: where you are, what to do, and the buttons for it. */
export interface StageMessage {
  readonly title: string;
  readonly lines: readonly string[];
  readonly quote?: Quote;
  readonly buttons: readonly StageButton[];
  /** The person may not get on here: what the portal offers is shown. */
  readonly needsWayOut?: boolean;
  /** ms until it would say something else by the clock alone. */
  readonly changesIn?: number;
}

export interface StageWords {
  readonly localize: Localize;
  readonly name: string;
  readonly now: number;
  readonly canCall: boolean;
  readonly canAdmit: boolean;
  /** What the last start on this page asked for. */
  readonly asked: MediaRequest;
  /** Whether nothing is heard from the backend just now, so that who is there is not known. */
  readonly offline: boolean;
  /** The person left only to come back at once. */
  readonly rejoining: boolean;
}

export function say(title: string, lines: readonly string[] = []): StageMessage {
  return { title, lines: lines.filter((line) => line !== ''), buttons: [] };
}

export function button(action: StageAction, label: string, primary = true): StageButton {
  return { action, label, primary };
}
