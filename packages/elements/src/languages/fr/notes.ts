import { counting } from '../../shared/counted.js';
import type { Messages } from '../../shared/messages.js';

const counted = counting('fr');

/** What the provider shared, in French. */
export const notes = {
  'notes.heading': 'Notes du professionnel',
  'notes.heading-from': (name) => `Notes de ${name}`,
  'notes.heading-all': 'Notes de vos professionnels',
  'notes.heading-shared': 'Notes partagées',
  'notes.heading-shared-with': (name) => `Partagé avec ${name}`,
  'notes.empty': 'Pas encore de notes.',
  'notes.empty-help': (name) => `Ce que ${name} partage avec vous s’affiche ici et y reste.`,
  'notes.empty-all': 'Ce que vos professionnels partagent avec vous s’affiche ici et y reste.',
  'notes.empty-provider': 'Ce que vous partagez s’affiche ici.',
  'notes.loading': 'Chargement des notes…',
  'notes.failed': 'Nous ne pouvons pas afficher les notes pour le moment.',
  'notes.unreadable': (count) =>
    counted(count, { one: 'Une note n’a pas pu être lue.', other: '# notes n’ont pas pu être lues.' }),
  'notes.new': (name) => `Nouvelle note de ${name}.`,
  'notes.withdrawn': (when) => `Une note a été retirée le ${when}.`,
  'notes.amends': 'Corrige une note antérieure',
  'notes.count': (count) => counted(count, { one: '# note', other: '# notes' }),
  'notes.opens-new-tab': 's’ouvre dans un nouvel onglet',
  'notes.loading-earlier': 'Chargement des séances précédentes…',
  'notes.stale': 'Nous ne pouvons pas chercher de nouvelles notes pour le moment.',
  'notes.as-of': (time) => `Vous voyez ce qui était ici à ${time}.`,
  'notes.goes-to': (host) => `mène à ${host}`,
  'notes.new-several': (count, name) =>
    counted(count, { one: `# nouvelle note de ${name}.`, other: `# nouvelles notes de ${name}.` }),
  'notes.new-several-people': (count) => counted(count, { one: '# nouvelle note.', other: '# nouvelles notes.' }),
  'notes.new-mark': 'Nouveau',
  'notes.unread': (count) => counted(count, { one: '# nouvelle', other: '# nouvelles' }),
  'notes.jump': (count) => counted(count, { one: '# nouvelle note', other: '# nouvelles notes' }),
  'notes.withdrawn-help': 'Son texte n’est plus affiché.',
  'notes.amends-of': (when) => `Corrige la note du ${when}`,
  'notes.amends-show': 'Afficher cette note',
  'notes.amended': (when) => `Corrigée le ${when}`,
  'notes.amended-show': 'Lire la correction',
  'notes.copy': 'Copier',
  'notes.copied': 'Copiée',
  'notes.copy-all': 'Tout copier',
  'notes.copy-done': 'La note est copiée.',
  'notes.copy-all-done': 'Toutes les notes sont copiées.',
  'notes.copy-failed':
    'Votre navigateur ne l’a pas copiée. Le texte est maintenant sélectionné\u202f: copiez-le avec le clavier ou le menu.',
  'notes.print': 'Imprimer',
  'notes.withdrawn-own': 'Votre patient ne la voit plus.',
  'notes.correct': 'Corriger',
  'notes.withdraw': 'Retirer',
  'notes.withdraw-question': 'Retirer cette note ?',
  'notes.withdraw-help': (name) => `${name} ne la voit plus. Elle reste dans le dossier.`,
  'notes.withdraw-no': 'La laisser partagée',
  'notes.withdrawing': 'Retrait…',
  'notes.withdraw-done': 'La note est retirée.',
  'notes.withdraw-failed': 'La note est toujours partagée.',

  'notes.search': 'Chercher dans ces notes',
  'notes.hits': (count, words) =>
    counted(count, {
      one: `# note contient «\u202f${words}\u202f».`,
      other: `# notes contiennent «\u202f${words}\u202f».`,
    }),
  'notes.no-hits': (words) => `Aucune note ne contient «\u202f${words}\u202f».`,
  'notes.no-hits-help': 'Essayez avec moins de mots, ou d’autres.',
  'notes.show-all': 'Afficher toutes les notes',
  'notes.more': (count) => `En afficher ${count} de plus`,
  'notes.searching': (done, total) => `Recherche dans ${done} séances sur ${total}…`,

  'kind.diagnosis': 'Diagnostic',
  'kind.recommendation': 'Conseil',
  'kind.follow-up': 'Suivi',
  'kind.resource': 'Ressource ou lien',
  'kind.prescription': 'Ordonnance ou plan de soins',
} satisfies Partial<Messages>;
