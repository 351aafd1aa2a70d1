import { registerMessages, type Messages } from '@active-session/elements';

const brazilian: Partial<Messages> = {
  'session.open': 'Você já pode entrar.',
  'call.start': 'Iniciar a chamada',
  'call.waiting': (name) => `${name} ainda não chegou.`,
  'notes.count': (count) => (count === 1 ? '1 nota' : `${String(count)} notas`),
};

registerMessages('pt-BR', brazilian);
