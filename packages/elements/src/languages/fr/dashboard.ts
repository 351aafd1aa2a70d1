import type { Messages } from '../../shared/messages.js';

/** The provider's page, in French. */
export const dashboard = {
  'dashboard.choose': 'Choisissez une séance pour la voir ici.',
  'dashboard.show': 'Afficher',
  'dashboard.call': 'Appel',
  'dashboard.notes': 'Notes',
  'dashboard.patient-reason': 'Sujet à aborder',
  'dashboard.session': 'Cette séance',
  'dashboard.earlier': 'Séances passées',
  'dashboard.window-open': 'Petite fenêtre',
  'dashboard.window-back': 'Retour à la page',
  'dashboard.window-hint': 'L’appel et le champ des notes restent au-dessus de vos autres programmes.',
  'dashboard.sees-upcoming': (name, time) => `${name} peut entrer à partir de ${time}.`,
  'dashboard.sees-open': (name) => `${name} peut entrer, et n’est pas encore là.`,
  'dashboard.sees-late': (name, minutes) => `${name} lit que vous avez environ ${minutes} minutes de retard.`,
  'dashboard.sees-return': (name) => `${name} a quitté l’appel, et peut revenir.`,
  'dashboard.sees-waiting': (name) => `${name} attend, et lit que vous n’êtes pas encore là.`,
  'dashboard.sees-connecting': (name) => `${name} attend, et lit que l’appel va commencer.`,
  'dashboard.sees-asking': (name) => `${name} attend que vous ouvriez.`,
  'dashboard.sees-held': (name) => `${name} lit que vous lui demandez d’attendre.`,
  'dashboard.sees-message': (name, message) => `${name} attend, et lit\u202f: ${message}`,
  'dashboard.sees-call': (name) => `${name} est dans l’appel.`,
  'dashboard.sees-completed': (name) => `${name} voit que la séance est terminée, et vos notes.`,
  'dashboard.sees-cancelled': (name) => `${name} voit que cette séance est annulée.`,
  'dashboard.sees-missed': (name) => `${name} voit que la séance a été manquée.`,
} satisfies Partial<Messages>;
