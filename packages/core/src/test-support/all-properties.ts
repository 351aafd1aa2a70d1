import { calendarProperties } from '../booking/test-support/calendar-properties.js';
import { ruleProperties } from '../booking/test-support/rule-properties.js';
import { clockProperties } from '../client/test-support/clock-properties.js';
import { noteProperties } from '../notes/test-support/note-properties.js';
import type { NamedProperty } from './named-property.js';

export { historyProperties } from './history/history-properties.js';

/** What holds of core's rules by themselves; a run of each is one case. */
export function pureProperties(): readonly NamedProperty[] {
  return [...ruleProperties(), ...calendarProperties(), ...noteProperties(), ...clockProperties()];
}
