import type { BookingId, SessionClient, SessionView } from '@active-session/core';
import { html, nothing, type TemplateResult } from 'lit';
import { SECOND, untilMore } from '../shared/formats.js';
import { micIcon, micOffIcon } from '../shared/icons.js';
import type { Localize } from '../shared/localize.controller.js';
import type { Messages } from '../shared/messages.js';
import type { SessionChooseRequestEvent } from '../shared/session-choose.events.js';
import type { Ticker } from '../shared/ticker.controller.js';

export interface SmallWindowOptions {
  readonly client: SessionClient;
  readonly bookingId: BookingId;
  readonly view: SessionView;
  readonly name: string;
  /** What the patient sees of the session. */
  readonly seen: string;
  readonly localize: Localize;
  readonly ticker: Ticker;
  readonly now: number;
  readonly messages: Partial<Messages>;
  readonly timeZone: string;
  readonly onChoose: (event: SessionChooseRequestEvent) => void;
  readonly onMicrophone: (on: boolean) => void;
  readonly onBack: () => void;
}

/**
 * The other's picture and the field to write in. What is heard comes from the page itself, so nothing is heard twice and
 * nothing stops when the window goes.
 */
export function smallWindowTemplate(options: SmallWindowOptions): TemplateResult {
  const { client, bookingId, view, name, seen, localize, messages, timeZone, onBack } = options;
  const { call } = view;
  const stream = call?.remote instanceof MediaStream ? call.remote : null;
  const isSeen = stream?.getVideoTracks().some((track) => track.readyState === 'live' && !track.muted) ?? false;
  return html`<main class="window">
    <header class="who">
      <h2><bdi>${name}</bdi></h2>
      ${timerTemplate(options)}
    </header>
    <div class="stage">
      <video autoplay playsinline .muted=${true} .srcObject=${stream} ?hidden=${!isSeen}></video>
      ${isSeen ? nothing : html`<p>${seen}</p>`}
    </div>
    <div class="actions">
      ${microphoneTemplate(options)}
      <button class="button" @click=${onBack}>${localize.t('dashboard.window-back')}</button>
    </div>
    <note-composer
      .client=${client}
      .bookingId=${bookingId}
      .messages=${messages}
      .timeZone=${timeZone}
      @session-choose-request=${options.onChoose}
    ></note-composer>
  </main>`;
}

function microphoneTemplate({ view, localize, onMicrophone }: SmallWindowOptions): TemplateResult | typeof nothing {
  const { call } = view;
  if (call === null || call.microphone === 'missing') return nothing;
  const isOn = call.microphone !== 'off';
  return html`<button
    class="button"
    role="switch"
    aria-checked=${isOn ? 'true' : 'false'}
    @click=${() => onMicrophone(!isOn)}
  >
    ${isOn ? micIcon() : micOffIcon()} ${localize.t('call.microphone')}
  </button>`;
}

function timerTemplate({ view, localize, ticker, now }: SmallWindowOptions): TemplateResult | typeof nothing {
  if (view.call === null || view.callStartedAt === null) return nothing;
  const passed = now - view.callStartedAt;
  ticker.wakeIn(untilMore(passed, SECOND));
  return html`<span class="timer muted" role="timer" aria-label=${localize.t('call.timer')}
    >${localize.formats.timer(passed)}</span
  >`;
}
