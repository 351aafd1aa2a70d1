/** The article that a time takes: "las 10:00", "la 1:00". A day takes none here. */
export function clock(when: string): string {
  if (/^0?1\D/.test(when)) return `la ${when}`;
  return /^\d/.test(when) ? `las ${when}` : when;
}
