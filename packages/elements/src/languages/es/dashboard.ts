import type { Messages } from '../../shared/messages.js';

/** The provider's page, in Spanish. */
export const dashboard = {
  'dashboard.choose': 'Elija una sesión para verla aquí.',
  'dashboard.show': 'Mostrar',
  'dashboard.call': 'Llamada',
  'dashboard.notes': 'Notas',
  'dashboard.patient-reason': 'De qué quiere hablar',
  'dashboard.session': 'Esta sesión',
  'dashboard.earlier': 'Sesiones anteriores',
  'dashboard.window-open': 'Ventana pequeña',
  'dashboard.window-back': 'Volver a la página',
  'dashboard.window-hint': 'La llamada y el campo de notas quedan sobre sus otros programas.',
  'dashboard.sees-upcoming': (name, time) => `${name} puede entrar desde las ${time}.`,
  'dashboard.sees-open': (name) => `${name} ya puede entrar, y todavía no está.`,
  'dashboard.sees-late': (name, minutes) => `${name} lee que usted llega unos ${minutes} minutos tarde.`,
  'dashboard.sees-return': (name) => `${name} salió, y puede volver.`,
  'dashboard.sees-waiting': (name) => `${name} espera, y lee que usted todavía no está.`,
  'dashboard.sees-connecting': (name) => `${name} espera, y lee que la llamada va a empezar.`,
  'dashboard.sees-asking': (name) => `${name} espera a que usted le deje entrar.`,
  'dashboard.sees-held': (name) => `${name} lee que usted le pide que espere.`,
  'dashboard.sees-message': (name, message) => `${name} espera, y lee: ${message}`,
  'dashboard.sees-call': (name) => `${name} está en la llamada.`,
  'dashboard.sees-completed': (name) => `${name} ve que la sesión ha terminado, y sus notas.`,
  'dashboard.sees-cancelled': (name) => `${name} ve que esta sesión está cancelada.`,
  'dashboard.sees-missed': (name) => `${name} ve que nadie acudió a la sesión.`,
} satisfies Partial<Messages>;
