import { signIn } from './person.js';
import { offerSignOut } from './sign-out.js';

signIn();
offerSignOut();
