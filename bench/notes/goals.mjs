/** The goals for lists of notes, each against a contestant of the same run. */

/** @typedef {Record<string, Record<number, { mount: number, append: number, heap: number }>>} Medians by contestant and number of notes */

const OWN = 'provider-notes';
/** Does what a plain list does, and no more: nothing is new to its reader. */
const READ = 'provider-notes-read';
const [FEW, MANY] = [100, 10_000];

/**
 * @param {Medians} medians
 * @returns {{ goal: string, ratio: number | null, limit: number }[]}
 */
export function judge(medians) {
  const own = medians[OWN]?.[MANY];
  const flat = medians['plain-flat']?.[MANY];
  const chunks = medians['plain-chunks']?.[MANY];
  const react = medians['react']?.[MANY];
  const ratio = (/** @type {number | undefined} */ a, /** @type {number | undefined} */ b) =>
    a === undefined || b === undefined ? null : a / b;
  return [
    { goal: 'P10 append to 10,000, of plain flat', ratio: ratio(own?.append, flat?.append), limit: 0.1 },
    {
      goal: 'P10 append to 10,000, of plain chunks, nothing new to its reader',
      ratio: ratio(medians[READ]?.[MANY]?.append, chunks?.append),
      limit: 1.2,
    },
    {
      goal: 'P10 append to 10,000, of plain chunks, marked, counted and said as well',
      ratio: ratio(own?.append, chunks?.append),
      limit: 1.2,
    },
    {
      goal: 'P10 append to 10,000, of append to 100',
      ratio: ratio(own?.append, medians[OWN]?.[FEW]?.append),
      limit: 2,
    },
    { goal: 'P11 show 10,000, of plain flat', ratio: ratio(own?.mount, flat?.mount), limit: 0.2 },
    { goal: 'P11 show 10,000, of React', ratio: ratio(own?.mount, react?.mount), limit: 0.15 },
    { goal: 'P12 heap for 10,000, of React', ratio: ratio(own?.heap, react?.heap), limit: 0.5 },
  ];
}
