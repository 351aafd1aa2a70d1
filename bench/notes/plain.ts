import { adoptStyles } from 'lit';
import type { ProviderNote } from '../../packages/core/src/index.js';
import { ProviderNotes } from '../../packages/elements/src/provider-notes/provider-notes.js';

export const stamp = new Intl.DateTimeFormat('en', {
  dateStyle: 'long',
  timeStyle: 'short',
});

/** A list with the element's own styles, in a shadow root as the element's is. */
export function plainList(box: HTMLElement): HTMLElement {
  // Its styles are put together when it is defined.
  ProviderNotes.define();
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  adoptStyles(root, [...ProviderNotes.elementStyles]);
  const notes = make('section', 'notes');
  const list = make('div', 'list');
  list.setAttribute('role', 'list');
  notes.append(list);
  root.append(notes);
  box.append(host);
  return list;
}

/** The same elements, classes and roles for a note as the element renders. */
export function plainNote(note: ProviderNote): HTMLElement {
  const item = make('div', 'note');
  item.setAttribute('role', 'listitem');
  item.setAttribute('part', 'note');
  const meta = make('p', 'meta');
  const name = make('bdi', '', note.providerName);
  name.setAttribute('part', 'note-provider');
  const bold = make('b');
  bold.append(name);
  meta.append(bold);
  const kind = make('span', 'kind', note.kind);
  kind.setAttribute('part', 'note-kind');
  meta.append(kind);
  const time = document.createElement('time');
  const date = new Date(note.timestamp);
  time.setAttribute('part', 'note-time');
  time.dateTime = date.toISOString();
  time.append(make('bdi', '', stamp.format(date)));
  meta.append(time);
  const text = make('p', 'text', note.content);
  text.dir = 'auto';
  text.setAttribute('part', 'text');
  const copy = make('button', 'copy', 'Copy');
  copy.setAttribute('part', 'copy-button');
  copy.setAttribute('data-act', 'copy');
  item.append(meta, text, copy);
  return item;
}

export function make(tag: string, className = '', text = ''): HTMLElement {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  if (text !== '') element.textContent = text;
  return element;
}
