// @ts-nocheck -- its packages are in no newcomer's install
import { createElement, memo, useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { plainList, stamp } from '../plain.ts';

const noteOf = memo(function Note({ note }) {
  const date = new Date(note.timestamp);
  return createElement(
    'div',
    { className: 'note', role: 'listitem', part: 'note' },
    createElement(
      'p',
      { className: 'meta' },
      createElement('b', null, createElement('bdi', { part: 'note-provider' }, note.providerName)),
      createElement('span', { className: 'kind', part: 'note-kind' }, note.kind),
      createElement(
        'time',
        { part: 'note-time', dateTime: date.toISOString() },
        createElement('bdi', null, stamp.format(date)),
      ),
    ),
    createElement('p', { className: 'text', dir: 'auto', part: 'text' }, note.content),
    createElement('button', { className: 'copy', part: 'copy-button', 'data-act': 'copy' }, 'Copy'),
  );
});

let shown = [];
let told = () => {};

function subscribe(listener) {
  told = listener;
  return () => {};
}

function List() {
  const notes = useSyncExternalStore(subscribe, () => shown);
  return notes.map((note) => createElement(noteOf, { key: note.id, note }));
}

/** React 19, every note a memoised component in one list. */
export const contestant = {
  mount(box, notes) {
    shown = notes;
    const root = createRoot(plainList(box));
    flushSync(() => root.render(createElement(List)));
  },
  append(note) {
    shown = [...shown, note];
    flushSync(told);
  },
};
