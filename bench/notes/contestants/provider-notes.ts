import { listOf } from '../own.js';

/** The element for who reads: every appended note is marked, counted, watched until it was seen, and said. */
export const contestant = listOf('patient');
