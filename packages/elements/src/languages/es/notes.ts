import { counting } from '../../shared/counted.js';
import type { Messages } from '../../shared/messages.js';
import { clock } from './clock.js';

const counted = counting('es');

/** What the provider shared, in Spanish. */
export const notes = {
  'notes.heading': 'Notas del profesional',
  'notes.heading-from': (name) => `Notas de ${name}`,
  'notes.heading-all': 'Notas de sus profesionales',
  'notes.heading-shared': 'Notas compartidas',
  'notes.heading-shared-with': (name) => `Compartido con ${name}`,
  'notes.empty': 'Todavía no hay notas.',
  'notes.empty-help': (name) => `Lo que ${name} comparta con usted aparece aquí y se queda.`,
  'notes.empty-all': 'Lo que sus profesionales compartan con usted aparece aquí y se queda.',
  'notes.empty-provider': 'Lo que usted comparta aparece aquí.',
  'notes.loading': 'Cargando las notas…',
  'notes.failed': 'Ahora mismo no podemos mostrar las notas.',
  'notes.unreadable': (count) =>
    counted(count, { one: 'Una nota no se pudo leer.', other: '# notas no se pudieron leer.' }),
  'notes.new': (name) => `Nueva nota de ${name}.`,
  'notes.withdrawn': (when) => `Una nota se retiró el ${when}.`,
  'notes.amends': 'Corrige una nota anterior',
  'notes.count': (count) => counted(count, { one: '# nota', other: '# notas' }),
  'notes.opens-new-tab': 'se abre en una pestaña nueva',
  'notes.loading-earlier': 'Cargando sesiones anteriores…',
  'notes.stale': 'Ahora mismo no podemos buscar notas nuevas.',
  'notes.as-of': (time) => `Ve lo que había aquí a ${clock(time)}.`,
  'notes.goes-to': (host) => `lleva a ${host}`,
  'notes.new-several': (count, name) =>
    counted(count, { one: `# nota nueva de ${name}.`, other: `# notas nuevas de ${name}.` }),
  'notes.new-several-people': (count) => counted(count, { one: '# nota nueva.', other: '# notas nuevas.' }),
  'notes.new-mark': 'Nueva',
  'notes.unread': (count) => counted(count, { one: '# nueva', other: '# nuevas' }),
  'notes.jump': (count) => counted(count, { one: '# nota nueva', other: '# notas nuevas' }),
  'notes.withdrawn-help': 'Su texto ya no se muestra.',
  'notes.amends-of': (when) => `Corrige la nota del ${when}`,
  'notes.amends-show': 'Mostrar esa nota',
  'notes.amended': (when) => `Corregida el ${when}`,
  'notes.amended-show': 'Leer la corrección',
  'notes.copy': 'Copiar',
  'notes.copied': 'Copiada',
  'notes.copy-all': 'Copiar todas',
  'notes.copy-done': 'La nota está copiada.',
  'notes.copy-all-done': 'Todas las notas están copiadas.',
  'notes.copy-failed': 'Su navegador no la copió. El texto está marcado ahora: cópielo con el teclado o el menú.',
  'notes.print': 'Imprimir',
  'notes.withdrawn-own': 'Su paciente ya no la ve.',
  'notes.correct': 'Corregir',
  'notes.withdraw': 'Retirar',
  'notes.withdraw-question': '¿Retirar esta nota?',
  'notes.withdraw-help': (name) => `${name} ya no la ve. Queda en el historial.`,
  'notes.withdraw-no': 'Dejarla compartida',
  'notes.withdrawing': 'Retirando…',
  'notes.withdraw-done': 'La nota está retirada.',
  'notes.withdraw-failed': 'La nota sigue compartida.',

  'notes.search': 'Buscar en estas notas',
  'notes.hits': (count, words) =>
    counted(count, { one: `# nota contiene «${words}».`, other: `# notas contienen «${words}».` }),
  'notes.no-hits': (words) => `Ninguna nota contiene «${words}».`,
  'notes.no-hits-help': 'Pruebe con menos palabras o con otras.',
  'notes.show-all': 'Mostrar todas las notas',
  'notes.more': (count) => `Mostrar ${count} más`,
  'notes.searching': (done, total) => `Buscando en ${done} de ${total} sesiones…`,

  'kind.diagnosis': 'Diagnóstico',
  'kind.recommendation': 'Recomendación',
  'kind.follow-up': 'Seguimiento',
  'kind.resource': 'Información o enlace',
  'kind.prescription': 'Receta o plan de cuidados',
} satisfies Partial<Messages>;
