import { createClinic, createSystemClock } from '@active-session/testing';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { expect, userEvent, waitFor } from 'storybook/test';
import '../define.js';
import { drawnStream } from '../test-support/streams.js';

export default { title: 'Session/Two people', component: 'active-session' } satisfies Meta;

/** A patient and a provider, each with a client of their own, on one backend in memory and one fake video network. */
function twoPeople(): TemplateResult {
  const clinic = createClinic({ clock: createSystemClock() });
  clinic.book({ startsIn: 10 * 60_000 });
  const patient = clinic.open(clinic.patient, { streams: () => drawnStream(20) });
  const provider = clinic.open(clinic.provider, { streams: () => drawnStream(205) });
  return html`
    <session-scope .client=${patient.client}><active-session></active-session></session-scope>
    <hr />
    <session-scope .client=${provider.client}><provider-dashboard></provider-dashboard></session-scope>
  `;
}

function inside(canvas: HTMLElement, tag: string): ShadowRoot {
  const root = canvas.querySelector(tag)?.shadowRoot;
  if (root === undefined || root === null) throw new Error(`There is no <${tag}>.`);
  return root;
}

function deepButton(root: ShadowRoot | Element, name: string): HTMLElement | undefined {
  for (const element of root.querySelectorAll('*')) {
    if (element instanceof HTMLButtonElement && element.textContent.includes(name)) return element;
    const found = element.shadowRoot === null ? undefined : deepButton(element.shadowRoot, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function press(root: ShadowRoot, name: string): Promise<void> {
  const button = await waitFor(() => {
    const found = deepButton(root, name);
    if (found === undefined) throw new Error(`There is no button “${name}”.`);
    return found;
  });
  await userEvent.click(button);
}

/** The other's picture: the one that is not this person's own. */
function watching(root: ShadowRoot): boolean {
  const call = root.querySelector('session-call')?.shadowRoot;
  const videos = [...(call?.querySelectorAll('video') ?? [])];
  return videos.length === 2 && videos.every(({ videoWidth }) => videoWidth > 0);
}

/** Nobody has joined yet: press *Start Call* on both sides and play both of them. */
export const BeforeTheCall: StoryObj = { render: () => twoPeople() };

export const InTheCall: StoryObj = {
  render: () => twoPeople(),
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(deepButton(inside(canvasElement, 'active-session'), 'Start Call')).toBeDefined());
    await press(inside(canvasElement, 'active-session'), 'Start Call');
    await press(inside(canvasElement, 'provider-dashboard'), 'Start Call');
    for (const tag of ['active-session', 'provider-dashboard']) {
      await waitFor(() => expect(watching(inside(canvasElement, tag))).toBe(true), { timeout: 5_000 });
    }
  },
};
