import { counting } from '../../shared/counted.js';
import type { Messages } from '../../shared/messages.js';

const counted = counting('es');

/** Where a provider writes notes, in Spanish. */
export const composer = {
  'composer.label': (name) => `Nota para ${name}`,
  'composer.session': (when) => `Sesión: ${when}.`,
  'composer.hint': (name) => `${name} la lee en cuanto usted la comparta.`,
  'composer.placeholder': 'Escriba aquí…',
  'composer.kind': 'Etiqueta (opcional)',
  'composer.kind-none': 'Sin etiqueta',
  'composer.share': 'Compartir',
  'composer.discard': 'Descartar',
  'composer.shortcut': (keys) => `${keys} la comparte`,
  'composer.none': 'Elija una sesión para escribirle una nota.',
  'composer.closed': 'Puede escribir notas durante la sesión y después.',
  'composer.cancelled': 'Esta sesión se canceló. No se pueden compartir notas.',
  'composer.gone': 'Esta sesión ya no es suya. Puede copiar lo que escribió.',
  'composer.not-offered': 'Aquí no se pueden compartir notas.',

  'composer.room': (count) => counted(count, { one: 'Cabe # carácter más.', other: 'Caben # caracteres más.' }),
  'composer.too-long': (count) =>
    counted(count, {
      one: 'A esta nota le sobra # carácter. Acórtela o comparta dos notas.',
      other: 'A esta nota le sobran # caracteres. Acórtela o comparta dos notas.',
    }),
  'composer.unfit': 'Este texto tiene signos ocultos. Con ellos no se puede compartir.',
  'composer.mend': 'Quitarlos',

  'composer.saving': 'Guardando…',
  'composer.kept': 'Se guarda en este dispositivo hasta que la comparta.',
  'composer.in-memory': 'Se guarda solo mientras esta página esté abierta.',
  'composer.locked': 'Vuelva a iniciar sesión para guardarla en este dispositivo.',
  'composer.kept-until': (when) => `Este borrador se guarda hasta: ${when}. Compártalo o cópielo.`,
  'composer.sending': 'Enviando…',
  'composer.sent': (name) => `Compartida con ${name}.`,
  'composer.sent-several': (count, name) =>
    counted(count, { one: '# nota compartida', other: '# notas compartidas' }) + ` con ${name}.`,
  'composer.refused': (name) => `Una nota para ${name} no se ha compartido.`,

  'composer.corrects': (when) => `Corrige la nota de: ${when}`,
  'composer.corrects-unknown': 'Corrige una nota anterior',
  'composer.corrects-withdrawn': 'La nota que esta corrige se retiró.',
  'composer.corrects-not': 'No es una corrección',

  'composer.discard-question': '¿Descartar esta nota?',
  'composer.discard-help': (name) => `${name} no la ha visto. No se puede recuperar.`,
  'composer.discard-no': 'Conservarla',

  'composer.elsewhere': (name) => `En otra pestaña se está escribiendo una nota para ${name}.`,
  'composer.elsewhere-unknown': 'En otra pestaña se está escribiendo una nota.',
  'composer.others': (count) =>
    counted(count, {
      one: '# nota de otra sesión no se ha compartido.',
      other: '# notas de otras sesiones no se han compartido.',
    }),

  'outbox.heading': 'Aún sin compartir',
  'outbox.draft': 'Borrador. Solo lo ve usted.',
  'outbox.go-on': 'Seguir con esta',
  'outbox.waiting': 'Esperando la conexión. Se envía por sí sola.',
  'outbox.waiting-service': 'La clínica no responde ahora. Se envía por sí sola.',
  'outbox.waiting-turn': 'Se envía después de la anterior.',
  'outbox.signed-out': 'Vuelva a iniciar sesión: su nota se guarda y se envía entonces.',
  'outbox.signed-out-memory': 'Inicie sesión en otra pestaña. Deje esta página abierta: su nota solo está aquí.',
  'outbox.sending': 'Enviando…',
  'outbox.refused': 'No compartida.',
  'outbox.take-back': 'Recuperarla',
  'outbox.revise': 'Cambiar el texto',
  'outbox.copy': 'Copiar',
  'outbox.copied': 'Copiada',
  'outbox.copy-done': 'La nota está copiada.',
  'outbox.copy-failed': 'Su navegador no la copió. El texto está marcado: cópielo con el teclado o el menú.',
  'outbox.why-refused': 'El servidor no aceptó esta nota. Cambie el texto o cópielo.',
  'outbox.why-invalid': 'La clínica no puede aceptar este texto. Cámbielo o cópielo.',
  'outbox.why-withdrawn': 'La nota que corrige se retiró. Cambie el texto para compartirla como nota nueva.',
  'outbox.why-conflict': 'Algo ha cambiado entretanto. Cambie el texto o inténtelo de nuevo.',
  'outbox.why-gone': 'Esta sesión ya no es suya. Copie el texto si lo necesita.',
  'outbox.why-cancelled': 'Esta sesión se canceló. Copie el texto si lo necesita.',
  'outbox.why-closed': 'Las notas se comparten durante la sesión y después. Inténtelo entonces.',
  'outbox.why-not-offered': 'Aquí no se pueden compartir notas. Copie el texto si lo necesita.',
  'outbox.why-unknown': 'Puede que se haya compartido. Inténtelo de nuevo: se comparte una sola vez.',
} satisfies Partial<Messages>;
