import { html, type TemplateResult } from 'lit';
import type { SessionClient } from '@active-session/core';
import '../define.js';

/** A part of a page in one language and under one client, as a portal has it. */
export function inScope(client: SessionClient, content: TemplateResult): TemplateResult {
  return html`<session-scope lang="en-GB" .client=${client}>${content}</session-scope>`;
}
