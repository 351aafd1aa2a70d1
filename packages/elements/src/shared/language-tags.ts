/** Scripts that are written from right to left. */
const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(['Arab', 'Hebr', 'Thaa', 'Syrc', 'Nkoo', 'Adlm', 'Rohg', 'Mand']);

const known = new Map<string, Intl.Locale | null>();

function localeOf(lang: string): Intl.Locale | null {
  const found = known.get(lang);
  if (found !== undefined) return found;
  const made = parse(lang);
  known.set(lang, made);
  return made;
}

function parse(lang: string): Intl.Locale | null {
  try {
    return new Intl.Locale((lang.split(/[.@]/)[0] ?? '').replaceAll('_', '-'));
  } catch {
    return null;
  }
}

/** Pages write `en_US`, systems say `en-US@posix`: no tag may break an element. */
export function validTag(lang: string): string | null {
  return localeOf(lang)?.toString() ?? null;
}

/** What depends on the tag alone is worked out once: it is asked for with every sentence. */
function remembered<T>(of: (tag: string) => T): (tag: string) => T {
  const results = new Map<string, T>();
  return (tag) => {
    const result = results.get(tag) ?? of(tag);
    results.set(tag, result);
    return result;
  };
}

/** Language and script: `es-Latn` for es-MX, `zh-Hant` for zh-TW. */
export const writtenAs = remembered((tag: string): string => {
  const { language, script = '' } = localeOf(tag)?.maximize() ?? {};
  return `${language ?? tag}-${script}`;
});

/** The names that a language goes by, the nearest first: for zh-TW zh-tw, zh-hant-tw, zh-hant, zh. */
export const namesOf = remembered((tag: string): readonly string[] => {
  const names = [...shortened(tag), ...shortened(localeOf(tag)?.maximize().toString() ?? tag)];
  const byLength = names.toSorted((one, other) => other.split('-').length - one.split('-').length);
  return [...new Set([tag.toLowerCase(), ...byLength])];
});

function shortened(tag: string): readonly string[] {
  const parts = tag.toLowerCase().split('-');
  return parts.map((_, at) => parts.slice(0, parts.length - at).join('-'));
}

export const directionOf = remembered((tag: string): 'ltr' | 'rtl' =>
  RIGHT_TO_LEFT.has(localeOf(tag)?.maximize().script ?? '') ? 'rtl' : 'ltr',
);

/** The region variant of a language that this browser's user has chosen, "es-MX" for "es"; else the language itself. */
export function regionalTag(tag: string): string {
  if (localeOf(tag)?.region !== undefined) return tag;
  const own = navigator.languages.find(
    (one) => localeOf(one)?.region !== undefined && writtenAs(one) === writtenAs(tag),
  );
  return own === undefined ? tag : (validTag(own) ?? tag);
}
