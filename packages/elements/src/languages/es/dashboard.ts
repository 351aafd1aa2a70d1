import { counting } from '../../shared/counted.js';
import type { Messages } from '../../shared/messages.js';

const counted = counting('es');

/** The provider's page, in Spanish. */
export const dashboard = {
  'dashboard.queue': 'Hoy',
  'dashboard.queue-empty': 'Hoy no tiene sesiones.',
  'dashboard.waiting': 'espera',
  'dashboard.waiting-for': (duration) => `espera desde hace ${duration}`,
  'dashboard.trouble-microphone': 'el micrófono no funciona',
  'dashboard.trouble-speaker': 'no oye el sonido',
  'dashboard.trouble-camera': 'la cámara no funciona',
  'dashboard.trouble-network': 'falló la prueba de conexión',
  'dashboard.in-call': 'en la llamada',
  'dashboard.upcoming': 'más tarde',
  'dashboard.open': 'ya puede entrar',
  'dashboard.completed': 'terminada',
  'dashboard.cancelled': 'cancelada',
  'dashboard.expired': 'sin asistir',
  'dashboard.choose': 'Elija una sesión para verla aquí.',
  'dashboard.show': 'Mostrar',
  'dashboard.call': 'Llamada',
  'dashboard.notes': 'Notas',
  'dashboard.patient-reason': 'De qué quiere hablar',
  'dashboard.announce-waiting': (name) => `${name} espera.`,
  'composer.label': (name) => `Nota para ${name}`,
  'composer.hint': (name) => `${name} la lee en cuanto usted la comparta.`,
  'composer.placeholder': 'Escriba aquí…',
  'composer.kind': 'Tipo',
  'composer.kind-none': 'Sin tipo',
  'composer.share': 'Compartir',
  'composer.shortcut': (keys) => `${keys} la comparte`,
  'composer.closed': 'Puede escribir notas durante la sesión y después.',
  'composer.unsent': (count) =>
    counted(count, { one: '# nota aún no está enviada', other: '# notas aún no están enviadas' }),
  'composer.all-sent': 'Todas las notas están compartidas',
  'outbox.waiting': 'Esperando la conexión. Se envía por sí sola.',
  'outbox.sending': 'Enviando…',
  'outbox.refused': 'No compartida.',
  'composer.saving': 'Guardando…',
  'composer.kept': 'Se guarda en este dispositivo hasta que la comparta.',
  'composer.in-memory': 'Se guarda solo mientras esta página esté abierta.',
  'composer.locked': 'Vuelva a iniciar sesión para guardarla en este dispositivo.',
  'composer.go-on': 'Seguir con esta',
  'outbox.draft': 'Todavía no se ha compartido.',
  'outbox.revise': 'Cambiar el texto',
} satisfies Partial<Messages>;
