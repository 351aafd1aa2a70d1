import { counting } from '../../shared/counted.js';
import type { Messages } from '../../shared/messages.js';

const counted = counting('fr');

/** Where a provider writes notes, in French. */
export const composer = {
  'composer.label': (name) => `Note pour ${name}`,
  'composer.session': (when) => `Séance\u202f: ${when}.`,
  'composer.hint': (name) => `${name} la lit dès que vous la partagez.`,
  'composer.placeholder': 'Écrivez ici…',
  'composer.kind': 'Étiquette (facultative)',
  'composer.kind-none': 'Sans étiquette',
  'composer.share': 'Partager',
  'composer.discard': 'Supprimer',
  'composer.shortcut': (keys) => `${keys} la partage`,
  'composer.none': 'Choisissez une séance pour y écrire une note.',
  'composer.closed': 'Vous pouvez écrire des notes pendant et après la séance.',
  'composer.cancelled': 'Cette séance a été annulée. Aucune note ne peut y être partagée.',
  'composer.gone': 'Cette séance n’est plus la vôtre. Vous pouvez copier votre texte.',
  'composer.not-offered': 'Les notes ne peuvent pas être partagées ici.',

  'composer.room': (count) =>
    counted(count, { one: 'Encore # caractère possible.', other: 'Encore # caractères possibles.' }),
  'composer.too-long': (count) =>
    counted(count, {
      one: 'Cette note a # caractère de trop. Raccourcissez-la ou partagez deux notes.',
      other: 'Cette note a # caractères de trop. Raccourcissez-la ou partagez deux notes.',
    }),
  'composer.unfit': 'Ce texte contient des signes cachés. Il ne peut pas être partagé ainsi.',
  'composer.mend': 'Les retirer',

  'composer.saving': 'Enregistrement…',
  'composer.kept': 'Gardée sur cet appareil jusqu’à ce que vous la partagiez.',
  'composer.in-memory': 'Gardée tant que cette page est ouverte, pas plus.',
  'composer.locked': 'Reconnectez-vous pour la garder sur cet appareil.',
  'composer.kept-until': (when) => `Ce brouillon est gardé jusqu’à\u202f: ${when}. Partagez-le ou copiez-le.`,
  'composer.sending': 'Envoi…',
  'composer.sent': (name) => `Partagée avec ${name}.`,
  'composer.sent-several': (count, name) =>
    counted(count, { one: '# note partagée', other: '# notes partagées' }) + ` avec ${name}.`,
  'composer.refused': (name) => `Une note pour ${name} n’a pas été partagée.`,

  'composer.corrects': (when) => `Corrige la note de\u202f: ${when}`,
  'composer.corrects-unknown': 'Corrige une note précédente',
  'composer.corrects-withdrawn': 'La note que celle-ci corrige a été retirée.',
  'composer.corrects-not': 'Ce n’est pas une correction',

  'composer.discard-question': 'Supprimer cette note ?',
  'composer.discard-help': (name) => `${name} ne l’a pas vue. Elle ne pourra pas être récupérée.`,
  'composer.discard-no': 'La garder',

  'composer.elsewhere': (name) => `Une note pour ${name} est en cours dans un autre onglet.`,
  'composer.elsewhere-unknown': 'Une note est en cours dans un autre onglet.',
  'composer.others': (count) =>
    counted(count, {
      one: '# note d’une autre séance n’est pas partagée.',
      other: '# notes d’autres séances ne sont pas partagées.',
    }),

  'outbox.heading': 'Pas encore partagées',
  'outbox.draft': 'Brouillon. Vous seul le voyez.',
  'outbox.go-on': 'Continuer celle-ci',
  'outbox.waiting': 'En attente de connexion. L’envoi se fait tout seul.',
  'outbox.waiting-service': 'Le cabinet ne répond pas en ce moment. L’envoi se fait tout seul.',
  'outbox.waiting-turn': 'Elle part après la précédente.',
  'outbox.signed-out': 'Reconnectez-vous : votre note est gardée et part ensuite.',
  'outbox.signed-out-memory':
    'Reconnectez-vous dans un autre onglet. Gardez cette page ouverte : votre note n’est qu’ici.',
  'outbox.sending': 'Envoi…',
  'outbox.refused': 'Pas partagée.',
  'outbox.take-back': 'La reprendre',
  'outbox.revise': 'Modifier le texte',
  'outbox.copy': 'Copier',
  'outbox.copied': 'Copiée',
  'outbox.copy-done': 'La note est copiée.',
  'outbox.copy-failed':
    'Votre navigateur ne l’a pas copiée. Le texte est sélectionné : copiez-le au clavier ou par le menu.',
  'outbox.why-refused': 'Le serveur n’a pas accepté cette note. Modifiez le texte ou copiez-le.',
  'outbox.why-invalid': 'Le cabinet ne peut pas accepter ce texte. Modifiez-le ou copiez-le.',
  'outbox.why-withdrawn': 'La note corrigée a été retirée. Modifiez le texte pour en faire une nouvelle note.',
  'outbox.why-conflict': 'Quelque chose a changé entre-temps. Modifiez le texte ou réessayez.',
  'outbox.why-gone': 'Cette séance n’est plus la vôtre. Copiez le texte si besoin.',
  'outbox.why-cancelled': 'Cette séance a été annulée. Copiez le texte si besoin.',
  'outbox.why-closed': 'Les notes se partagent pendant et après la séance. Réessayez alors.',
  'outbox.why-not-offered': 'Les notes ne peuvent pas être partagées ici. Copiez le texte si besoin.',
  'outbox.why-unknown': 'Elle a peut-être été partagée. Réessayez\u202f: elle n’est partagée qu’une fois.',
} satisfies Partial<Messages>;
