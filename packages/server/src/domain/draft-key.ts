import { randomBytes } from 'node:crypto';
import type { DraftKey } from '@active-session/core';
import { randomId } from '../random.js';
import type { Unit } from './unit.js';

/** The secret that this person's drafts are encrypted with on their devices; made when it is first asked for. */
export async function draftKey(unit: Unit, person: string): Promise<DraftKey> {
  await unit.audit({ actor: person, action: 'draft-key.read' });
  const kept = await unit.view.draftKeys.get(person);
  if (kept !== undefined) return kept;
  const made = { id: randomId(), key: randomBytes(32).toString('base64url') };
  await unit.view.draftKeys.insert(person, made);
  return made;
}
