import { html, type TemplateResult } from 'lit';
import type { SessionClient } from '@active-session/core';
import '../define.js';

/** What the pages of stories and tests are in; the toolbar of Storybook changes it. */
export const page = { lang: 'en-GB' };

/** A part of a page in one language and under one client, as a portal has it. */
export function inScope(client: SessionClient, content: TemplateResult): TemplateResult {
  return html`<session-scope lang=${page.lang} .client=${client}>${content}</session-scope>`;
}
