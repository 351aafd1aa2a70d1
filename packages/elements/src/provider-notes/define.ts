import { ProviderNotes } from './provider-notes.js';

ProviderNotes.define();
