/** A note, as its writer knows it. */
export interface Told {
  readonly text: string;
  readonly state: 'draft' | 'shared' | 'withdrawn';
  /**
   * False: its page went away before the device had it as it was, and said so. It may be lost, or a draft again, but
   * not be there twice.
   */
  readonly isSafe: boolean;
  /** Ids of what its page had on its way when it was shared. */
  readonly after: readonly string[];
  /** Refused once, and sent again since: it has no place of its own any more. */
  readonly isResent: boolean;
  /** Id of the note that it corrects. */
  readonly amends?: string;
}

export interface StoredNote {
  readonly id: string;
  readonly content: string;
  readonly amends?: string;
  readonly withdrawnAt?: string;
}

export interface Screen {
  readonly name: string;
  readonly isWriters: boolean;
  readonly texts: readonly string[];
}

/** What is there in the end. */
export interface Found {
  /** As the server gives them to the provider, and to the patient. */
  readonly provider: readonly StoredNote[];
  readonly patient: readonly StoredNote[];
  /** As they stand on each page, in its order. Of a withdrawn one the words are for its writer, or for nobody. */
  readonly screens: readonly Screen[];
  /** On the provider's pages. */
  readonly drafts: readonly { readonly id: string; readonly content: string }[];
  /** On their way, still. */
  readonly unsent: readonly string[];
  /** Whether a text ever left the browser. */
  readonly hasLeft: (text: string) => boolean;
}

/** What is wrong in the end; empty: each shared note is there once and in order, for both, and of drafts nothing. */
export function judge(told: ReadonlyMap<string, Told>, overwritten: readonly string[], found: Found): string[] {
  return [
    ...found.unsent.map((text) => `still on its way: ${text}`),
    ...[...told].flatMap(([id, note]) => judgeNote(id, note, found)),
    ...judgeOrder(told, found),
    ...found.provider.filter(({ id }) => !told.has(id)).map(({ content }) => `nobody’s, or there twice: ${content}`),
    ...judgePrivacy(told, overwritten, found),
    ...judgeViews(found),
  ];
}

function judgeNote(id: string, note: Told, { provider, drafts }: Found): string[] {
  const there = provider.filter((one) => one.id === id);
  const { text, isSafe } = note;
  if (note.state === 'draft') {
    const draft = drafts.find((one) => one.id === id);
    if (there.length > 0) return [`a draft was shared: ${text}`];
    if (draft === undefined) return isSafe ? [`a draft is lost: ${text}`] : [];
    return draft.content === text ? [] : [`a draft is not as it was written: ${text}, but ${draft.content}`];
  }
  const isDraftToo = drafts.some((one) => one.id === id);
  if (isDraftToo && (isSafe || there.length > 0)) return [`shared, and a draft again: ${text}`];
  if (there.length === 0) return isSafe ? [`lost: ${text}`] : [];
  if (there.length > 1) return [`there ${there.length} times: ${text}`];
  return there.flatMap(({ content, amends, withdrawnAt }) => [
    ...(content === text ? [] : [`other words: ${text}, but ${content}`]),
    ...(amends === note.amends ? [] : [`corrects another one: ${text}`]),
    ...((withdrawnAt !== undefined) === (note.state === 'withdrawn') ? [] : [`withdrawn, or not: ${text}`]),
  ]);
}

function judgeOrder(told: ReadonlyMap<string, Told>, { provider }: Found): string[] {
  const places = new Map(provider.map(({ id }, place) => [id, place]));
  return [...told].flatMap(([id, { text, after, isResent }]) => {
    const place = places.get(id);
    if (place === undefined || isResent) return [];
    const wrong = after.filter((other) => told.get(other)?.isResent === false && (places.get(other) ?? -1) > place);
    return wrong.map((other) => `out of order: ${text} before ${told.get(other)?.text ?? ''}`);
  });
}

/** What was not shared has not left the browser. */
function judgePrivacy(told: ReadonlyMap<string, Told>, overwritten: readonly string[], { hasLeft }: Found): string[] {
  const drafts = [...told.values()].filter(({ state }) => state === 'draft').map(({ text }) => text);
  return [...drafts, ...overwritten].filter(hasLeft).map((text) => `a draft has left the browser: ${text}`);
}

/** Both read the same, in the same order, but for what was withdrawn. */
function judgeViews({ provider, patient, screens }: Found): string[] {
  const lists = JSON.stringify(patient) === JSON.stringify(provider.map(withoutWords));
  const isRight = ({ texts, isWriters }: Screen): boolean =>
    texts.length === provider.length &&
    provider.every((note, place) => {
      const text = texts[place];
      return text === withoutWords(note).content || (isWriters && text === note.content);
    });
  const shown = JSON.stringify(provider.map((note) => withoutWords(note).content));
  return [
    ...(lists ? [] : ['the patient is given other notes than the provider']),
    ...screens
      .filter((screen) => !isRight(screen))
      .map(({ name, texts }) => `${name} shows ${JSON.stringify(texts)}, not ${shown}`),
  ];
}

function withoutWords(note: StoredNote): StoredNote {
  return note.withdrawnAt === undefined ? note : { ...note, content: '' };
}
