import { NoteComposer } from './note-composer.js';

NoteComposer.define();
