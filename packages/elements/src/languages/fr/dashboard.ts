import { counting } from '../../shared/counted.js';
import type { Messages } from '../../shared/messages.js';

const counted = counting('fr');

/** The provider's page, in French. */
export const dashboard = {
  'dashboard.queue': 'Aujourd’hui',
  'dashboard.queue-empty': 'Vous n’avez pas de séance aujourd’hui.',
  'dashboard.waiting': 'attend',
  'dashboard.waiting-for': (duration) => `attend depuis ${duration}`,
  'dashboard.trouble-microphone': 'le micro ne fonctionne pas',
  'dashboard.trouble-speaker': 'n’entend pas le son',
  'dashboard.trouble-camera': 'la caméra ne fonctionne pas',
  'dashboard.trouble-network': 'échec du test de connexion',
  'dashboard.in-call': 'en appel',
  'dashboard.upcoming': 'plus tard',
  'dashboard.open': 'peut entrer',
  'dashboard.completed': 'terminée',
  'dashboard.cancelled': 'annulée',
  'dashboard.expired': 'manquée',
  'dashboard.choose': 'Choisissez une séance pour la voir ici.',
  'dashboard.show': 'Afficher',
  'dashboard.call': 'Appel',
  'dashboard.notes': 'Notes',
  'dashboard.patient-reason': 'Sujet à aborder',
  'dashboard.announce-waiting': (name) => `${name} attend.`,
  'composer.label': (name) => `Note pour ${name}`,
  'composer.hint': (name) => `${name} la lit dès que vous la partagez.`,
  'composer.placeholder': 'Écrivez ici…',
  'composer.kind': 'Type',
  'composer.kind-none': 'Général',
  'composer.share': 'Partager',
  'composer.shortcut': (keys) => `${keys} la partage`,
  'composer.closed': 'Vous pouvez écrire des notes pendant et après la séance.',
  'composer.unsent': (count) =>
    counted(count, { one: '# note n’est pas encore envoyée', other: '# notes ne sont pas encore envoyées' }),
  'composer.all-sent': 'Toutes les notes sont partagées',
  'outbox.waiting': 'En attente de connexion. L’envoi se fait tout seul.',
  'outbox.sending': 'Envoi…',
  'outbox.refused': 'Pas partagée.',
  'composer.saving': 'Enregistrement…',
  'composer.kept': 'Gardée sur cet appareil jusqu’à ce que vous la partagiez.',
  'composer.in-memory': 'Gardée tant que cette page est ouverte, pas plus.',
  'composer.locked': 'Reconnectez-vous pour la garder sur cet appareil.',
  'composer.go-on': 'Continuer celle-ci',
  'outbox.draft': 'Pas encore partagée.',
  'outbox.revise': 'Modifier le texte',
} satisfies Partial<Messages>;
