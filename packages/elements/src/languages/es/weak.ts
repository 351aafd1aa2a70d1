import type { Messages } from '../../shared/messages.js';

/** A network that is too weak for the picture, in Spanish. */
export const weak = {
  'weak.your-picture-small': 'Su conexión es débil. Su imagen se envía ahora en pequeño.',
  'weak.your-screen-slow': 'Su conexión es débil. Su pantalla se envía ahora despacio.',
  'weak.your-picture-held': 'Su conexión es débil. Solo se envía su sonido. Su imagen vuelve por sí sola.',
  'weak.your-screen-held': 'Su conexión es débil. Solo se envía su sonido. Su pantalla vuelve por sí sola.',
  'weak.your-picture-back': 'Su conexión vuelve a ser buena. Se envía todo lo que usted muestra.',
  'weak.not-sent': 'Su imagen no se envía',
  'weak.screen-not-sent': 'Su pantalla no se envía',
  'weak.theirs': (name) => `La conexión de ${name} es débil.`,
  'weak.theirs-held': 'Usted recibe el sonido. La imagen vuelve por sí sola.',
  'weak.their-picture-small': (name) => `La conexión de ${name} es débil. La imagen llega ahora en pequeño.`,
  'weak.their-screen-slow': (name) => `La conexión de ${name} es débil. La pantalla llega ahora despacio.`,
  'weak.their-picture-back': (name) => `Otra vez ve bien a ${name}.`,
} satisfies Partial<Messages>;
