/** The goals for how fast a call is there, each against the bare browser of the same run. */

/** @typedef {Record<string, Record<number, { p50: number, p95: number }>>} Figures by contestant and delay */

const NEAR = 0;

/** @returns {{ goal: string, ratio: number | null, limit: number }[]} */
export function judge(/** @type {Figures} */ figures, /** @type {string[]} */ engines, /** @type {number} */ far) {
  const ratio = (
    /** @type {string} */ own,
    /** @type {string} */ raw,
    /** @type {number} */ delay,
    /** @type {'p50' | 'p95'} */ part,
  ) => {
    const [a, b] = [figures[own]?.[delay]?.[part], figures[raw]?.[delay]?.[part]];
    return a === undefined || b === undefined ? null : a / b;
  };
  const early = 'webrtc, pre-connected';
  const preconnected = [
    { goal: 'P7 pre-connected, of raw warm', ratio: ratio(early, 'raw, warm', NEAR, 'p50'), limit: 0.5 },
    { goal: 'P7 the same, p95', ratio: ratio(early, 'raw, warm', NEAR, 'p95'), limit: 0.5 },
    {
      goal: `P7 the same, ${2 * far} ms to the server and back`,
      ratio: ratio(early, 'raw, warm', far, 'p50'),
      limit: 0.55,
    },
  ];
  const each = engines.flatMap((engine) => {
    const letIn = `${engine}, let in`;
    return [
      { goal: `P6 ${engine}: let in, of raw warm`, ratio: ratio(letIn, 'raw, warm', NEAR, 'p50'), limit: 1.1 },
      {
        goal: `P8 ${engine}: cold, of raw cold`,
        ratio: ratio(`${engine}, cold`, 'raw, cold', NEAR, 'p50'),
        limit: 1.15,
      },
    ];
  });
  return engines.includes('webrtc') ? [...each, ...preconnected] : each;
}
