import { signIn } from './person.js';

signIn();
