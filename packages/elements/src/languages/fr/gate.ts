import { counting } from '../../shared/counted.js';
import type { Messages } from '../../shared/messages.js';

const counted = counting('fr');

/** The gate, the way back and the summary, in French. */
export const gate = {
  'gate.none': 'Vous n’avez aucune séance réservée.',
  'gate.none-help': 'La séance s’ouvre ici peu avant l’heure de votre rendez-vous.',
  'gate.next': (name, when) => `Votre prochaine séance avec ${name} a lieu ${when}.`,
  'gate.book': 'Prendre rendez-vous',
  'gate.dialog': 'Aucune séance n’est ouverte',
  'gate.opened': (name) => `Votre séance avec ${name} est maintenant ouverte.`,
  'gate.go': 'Aller à votre séance',
  'gate.unreadable': (count) =>
    counted(count, {
      one: 'Nous ne pouvons pas afficher un de vos rendez-vous.',
      other: 'Nous ne pouvons pas afficher # de vos rendez-vous.',
    }),
  'gate.unreadable-help':
    'Cette page n’est peut-être plus à jour\u202f: rechargez-la. Si cela ne suffit pas, demandez à la clinique.',

  'session.upcoming': (name, when) => `Votre séance avec ${name} a lieu ${when}.`,
  'session.join-from': (when) => `Vous pouvez la rejoindre à partir de ${when}.`,
  'session.opens-by-itself':
    'Cette page ouvre votre séance toute seule. Vous pouvez la laisser ouverte ou revenir plus tard.',
  'session.opens-in': 'Ouverture dans',
  'session.open': 'Vous pouvez rejoindre la séance.',
  'session.still-open': 'Votre séance est toujours ouverte.',
  'session.is-open-until': (time) => `Vous pouvez la rejoindre jusqu’à ${time}.`,
  'session.ended': (name) => `Votre séance avec ${name} est terminée.`,
  'session.lasted': (duration) => `Elle a duré ${duration}.`,
  'session.lasted-moment': 'Elle a duré moins d’une minute.',
  'session.notes-stay': 'Les notes restent ici pour que vous puissiez les lire.',
  'session.cancelled': (name, when) => `Votre séance avec ${name} (${when}) a été annulée.`,
  'session.no-show': (name, when) => `Votre séance avec ${name} (${when}) n’a pas eu lieu.`,
  'session.missed': (name, when) => `Votre séance avec ${name} (${when}) n’a pas eu lieu.`,
  'session.missed-help': 'L’heure pour la rejoindre est passée.',
  'session.cancelled-by': (name, when) => `${name} l’a annulée ${when}.`,
  'session.cancelled-by-you': 'Vous l’avez annulée.',
  'session.cancelled-by-you-at': (when) => `Vous l’avez annulée ${when}.`,
  'session.cancelled-at': (when) => `Elle a été annulée ${when}.`,
  'session.reason': 'La raison indiquée\u202f:',
  'session.no-show-help': (name) =>
    `${name} a noté que vous n’étiez pas là. Si ce n’est pas exact, dites-le à la clinique.`,
  'session.no-show-own': 'Vous avez noté que le patient n’est pas venu.',
  'session.moved-from': (when) => `Elle a été déplacée. Avant, elle était prévue ${when}.`,
  'session.late': (name, time) => `${name} a du retard et pense commencer vers ${time}.`,
  'session.meanwhile': 'Trouvez un endroit calme et préparez un appareil avec une caméra et un micro.',
  'session.elsewhere-help': 'Vous pouvez continuer ici. La séance s’arrête alors là-bas.',
  'session.no-video': 'Vous ne pouvez pas rejoindre la vidéo sur cette page.',
  'session.also-open': 'Aussi ouvertes maintenant',
  'session.go-to': (name) => `Aller à votre séance avec ${name}`,
  'session.missing': 'Il n’y a pas de telle séance pour vous.',
  'session.summary-close': 'Fermer ce résumé',
  'session.to-next': 'Aller à votre prochaine séance',
  'session.announce-open': (name) => `Votre séance avec ${name} est ouverte.`,
  'session.when': 'Quand',
  'session.length': 'Durée',
  'session.provider-time': (name) => `Heure pour ${name}`,
  'session.type': 'Type',
  'session.clock-fast': (by) => `L’horloge de cet appareil avance de ${by}.`,
  'session.clock-slow': (by) => `L’horloge de cet appareil retarde de ${by}.`,
  'session.clock-date': (says) => `La date de cet appareil est fausse. Elle indique ${says}.`,
  'session.clock-help':
    'Votre séance suit l’horloge de la clinique, donc vous ne manquez rien. Pour corriger, activez l’heure automatique dans les réglages de votre appareil.',

  'summary.title': (name) => `Votre séance avec ${name}`,
  'summary.print': 'Imprimer ce résumé',
  'summary.printed': (when) => `Imprimé le ${when}`,
  'summary.next': 'La suite',
  'summary.reopen': (name, time) => `Terminée par erreur\u202f? ${name} peut la rouvrir jusqu’à ${time}.`,
  'summary.lasted': 'A duré',
  'summary.lasted-moment': 'moins d’une minute',
  'summary.ends-at': 'Fin',

  'contact.call': (label, phone) => `Appeler ${label}\u202f: ${phone}`,
  'contact.clinic': 'la clinique',
  'contact.page': 'Contacter la clinique',
  'contact.tell': (name) => `Prévenir ${name}`,
  'contact.told': (name) => `${name} sait que vous avez besoin d’aide.`,

  'return.label': 'Votre séance ouverte',
  'return.open': (name) => `Votre séance avec ${name} est toujours ouverte.`,
  'return.elsewhere': (name) => `Votre séance avec ${name} est ouverte dans un autre onglet ou appareil.`,
  'return.call': (name) => `Vous êtes en appel avec ${name}.`,
  'return.go': 'Revenir à votre séance',
  'return.go-call': 'Revenir à l’appel',
  'return.hide': 'Masquer ce message',
} satisfies Partial<Messages>;
