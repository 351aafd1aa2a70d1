import type { Messages } from '../../shared/messages.js';

/** A network that is too weak for the picture, in French. */
export const weak = {
  'weak.your-picture-small': 'Votre connexion est faible. Votre image est envoyée en petit.',
  'weak.your-screen-slow': 'Votre connexion est faible. Votre écran est envoyé lentement.',
  'weak.your-picture-held': 'Votre connexion est faible. Seul votre son est envoyé. Votre image revient toute seule.',
  'weak.your-screen-held': 'Votre connexion est faible. Seul votre son est envoyé. Votre écran revient tout seul.',
  'weak.your-picture-back': 'Votre connexion est de nouveau bonne. Tout ce que vous montrez est envoyé.',
  'weak.not-sent': 'Votre image n’est pas envoyée',
  'weak.screen-not-sent': 'Votre écran n’est pas envoyé',
  'weak.theirs': (name) => `La connexion de ${name} est faible.`,
  'weak.theirs-held': 'Vous recevez le son. L’image revient toute seule.',
  'weak.their-picture-small': (name) => `La connexion de ${name} est faible. L’image arrive en petit.`,
  'weak.their-screen-slow': (name) => `La connexion de ${name} est faible. L’écran arrive lentement.`,
  'weak.their-picture-back': (name) => `Vous voyez de nouveau bien ${name}.`,
} satisfies Partial<Messages>;
