import { counting } from '../../shared/counted.js';
import type { Messages } from '../../shared/messages.js';

const counted = counting('es');

/** A patient's earlier sessions, in Spanish. */
export const history = {
  'history.heading': 'Sesiones anteriores',
  'history.heading-with': (name) => `Sesiones anteriores con ${name}`,
  'history.count': (count) => counted(count, { one: '# sesión', other: '# sesiones' }),
  'history.loading': 'Cargando sesiones anteriores…',
  'history.failed': 'Ahora mismo no podemos mostrar las sesiones anteriores.',
  'history.stale': 'Ahora mismo no podemos buscar más sesiones.',
  'history.unreadable': (count) =>
    counted(count, { one: 'Una sesión no se pudo leer.', other: '# sesiones no se pudieron leer.' }),

  'history.picture-all': (count, since) =>
    counted(count, { one: `# sesión desde ${since}.`, other: `# sesiones desde ${since}.` }),
  'history.picture-some': (count, since) => `Las últimas ${count} sesiones, hasta ${since}.`,
  'history.picture-missed': (count) => counted(count, { one: '# sin asistir.', other: '# sin asistir.' }),
  'history.picture-cancelled': (count) => counted(count, { one: '# cancelada.', other: '# canceladas.' }),
  'history.picture-open': 'Una está en curso.',
  'history.today': 'Hoy',

  'history.search': 'Buscar en estas sesiones',
  'history.filters': 'Filtros',
  'history.from': 'Desde',
  'history.to': 'Hasta',
  'history.label': 'Etiqueta',
  'history.label-any': 'Todas las etiquetas',
  'history.clear': 'Quitar los filtros',
  'history.hits': (count, words) =>
    counted(count, { one: `# sesión contiene «${words}».`, other: `# sesiones contienen «${words}».` }),
  'history.no-hits': (words) => `Ninguna sesión contiene «${words}».`,
  'history.searched': (count) =>
    counted(count, { one: 'Por ahora se ha buscado en # sesión…', other: 'Por ahora se ha buscado en # sesiones…' }),
  'history.show-all': 'Mostrar todas las sesiones',
  'history.more': 'Mostrar más sesiones',

  'history.empty': 'Todavía no hay sesiones anteriores.',
  'history.empty-help': 'Una sesión aparece aquí cuando ha empezado.',
  'history.none-fits': 'Ninguna sesión corresponde a estos filtros.',
  'history.none-fits-help': 'Elija otros días u otra etiqueta.',

  'history.outcome-completed': 'Realizada',
  'history.outcome-open': 'En curso',
  'history.outcome-missed': 'Sin asistir',
  'history.outcome-no-show': 'El paciente no vino',
  'history.outcome-cancelled': 'Cancelada',
  'history.outcome-handed-over': 'Traspasada',
  'history.handed-over': (when) => `Se traspasó el ${when}. La ve como estaba entonces.`,
  'history.no-notes': 'Sin notas',
  'history.no-notes-help': 'No compartió ninguna nota en esta sesión.',
  'history.reason': 'De qué quería hablar',
  'history.some-notes': (count, total) => `${count} de ${total} notas`,
  'history.all-notes': (count) => counted(count, { one: 'Mostrar su nota (#)', other: 'Mostrar las # notas' }),

  'history.choose': 'Elija una sesión para ver las anteriores del paciente.',
  'history.no-patient': 'No hay historial que mostrar.',
  'history.no-patient-help': 'Esta sesión no dice quién es su paciente.',
  'history.not-yours': 'No tiene sesiones con este paciente.',
  'history.not-offered': 'Aquí no se ofrecen las sesiones anteriores.',
} satisfies Partial<Messages>;
