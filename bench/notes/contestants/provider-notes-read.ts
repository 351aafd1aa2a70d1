import { listOf } from '../own.js';

/** The element for who wrote the notes: nothing is new to them, so nothing is marked, counted as new, watched or said. */
export const contestant = listOf('provider');
