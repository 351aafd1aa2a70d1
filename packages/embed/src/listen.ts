import { answerContextRequests } from './answer-context.js';

// Before any element is registered: one that is already in the page asks at that very moment.
answerContextRequests(document);
