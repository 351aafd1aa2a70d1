import { registerMessages } from '@active-session/elements';
import { messagesEs } from '@active-session/elements/languages/es';

registerMessages('es', { ...messagesEs, 'contact.clinic': 'el centro de salud' });
