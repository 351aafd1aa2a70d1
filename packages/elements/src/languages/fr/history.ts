import { counting } from '../../shared/counted.js';
import type { Messages } from '../../shared/messages.js';

const counted = counting('fr');

/** A patient's earlier sessions, in French. */
export const history = {
  'history.heading': 'Séances précédentes',
  'history.heading-with': (name) => `Séances précédentes avec ${name}`,
  'history.count': (count) => counted(count, { one: '# séance', other: '# séances' }),
  'history.loading': 'Chargement des séances précédentes…',
  'history.failed': 'Nous ne pouvons pas afficher les séances précédentes pour le moment.',
  'history.stale': 'Nous ne pouvons pas chercher d’autres séances pour le moment.',
  'history.unreadable': (count) =>
    counted(count, { one: 'Une séance n’a pas pu être lue.', other: '# séances n’ont pas pu être lues.' }),

  'history.picture-all': (count, since) =>
    counted(count, { one: `# séance depuis ${since}.`, other: `# séances depuis ${since}.` }),
  'history.picture-some': (count, since) => `Les ${count} dernières séances, jusqu’à ${since}.`,
  'history.picture-missed': (count) => counted(count, { one: '# manquée.', other: '# manquées.' }),
  'history.picture-cancelled': (count) => counted(count, { one: '# annulée.', other: '# annulées.' }),
  'history.picture-open': 'Une est en cours.',
  'history.today': 'Aujourd’hui',

  'history.search': 'Chercher dans ces séances',
  'history.filters': 'Filtres',
  'history.from': 'Du',
  'history.to': 'Au',
  'history.label': 'Étiquette',
  'history.label-any': 'Toutes les étiquettes',
  'history.clear': 'Effacer les filtres',
  'history.hits': (count, words) =>
    counted(count, {
      one: `# séance contient «\u202f${words}\u202f».`,
      other: `# séances contiennent «\u202f${words}\u202f».`,
    }),
  'history.no-hits': (words) => `Aucune séance ne contient «\u202f${words}\u202f».`,
  'history.searched': (count) =>
    counted(count, {
      one: 'Recherche dans # séance pour l’instant…',
      other: 'Recherche dans # séances pour l’instant…',
    }),
  'history.show-all': 'Afficher toutes les séances',
  'history.more': 'Afficher plus de séances',

  'history.empty': 'Pas encore de séances précédentes.',
  'history.empty-help': 'Une séance s’affiche ici dès qu’elle a commencé.',
  'history.none-fits': 'Aucune séance ne correspond à ces filtres.',
  'history.none-fits-help': 'Choisissez d’autres jours ou une autre étiquette.',

  'history.outcome-completed': 'A eu lieu',
  'history.outcome-open': 'En cours',
  'history.outcome-missed': 'Manquée',
  'history.outcome-no-show': 'Le patient n’est pas venu',
  'history.outcome-cancelled': 'Annulée',
  'history.outcome-handed-over': 'Transmise',
  'history.handed-over': (when) => `Transmise le ${when}. Vous la voyez telle qu’elle était alors.`,
  'history.no-notes': 'Aucune note',
  'history.no-notes-help': 'Vous n’avez partagé aucune note pendant cette séance.',
  'history.reason': 'Ce dont le patient voulait parler',
  'history.some-notes': (count, total) => `${count} notes sur ${total}`,
  'history.all-notes': (count) => counted(count, { one: 'Afficher sa note (#)', other: 'Afficher les # notes' }),

  'history.choose': 'Choisissez une séance pour voir les précédentes du patient.',
  'history.no-patient': 'Il n’y a pas d’historique à afficher.',
  'history.no-patient-help': 'Cette séance n’indique pas qui est le patient.',
  'history.not-yours': 'Vous n’avez pas de séance avec ce patient.',
  'history.not-offered': 'Les séances précédentes ne sont pas proposées ici.',
} satisfies Partial<Messages>;
