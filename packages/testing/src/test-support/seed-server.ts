import { createServer, type Server } from 'node:http';

/** What a team would write in an afternoon: the seed's three routes and its fields, plain lists and plain statuses. */
export function createSeedServer(booking: { readonly id: number; readonly providerName: string }): Server {
  const notes: object[] = [];
  const answered = new Map<unknown, { readonly text: string; readonly note: object }>();
  return createServer((request, response) => {
    const person = /^Bearer (ann|bob|dr-smith)$/.exec(request.headers.authorization ?? '')?.[1];
    const answer = (status: number, body: unknown): void => {
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    };
    const isTheirs = person === 'ann' || person === 'dr-smith';
    const route = `${String(request.method)} ${String(request.url)}`;
    if (person === undefined) {
      answer(401, { error: 'Sign in first.' });
    } else if (route === 'GET /api/bookings/active') {
      answer(200, { booking: isTheirs ? booking : null });
    } else if (route === `GET /api/bookings/${booking.id}/notes` && isTheirs) {
      answer(200, notes);
    } else if (route === `POST /api/bookings/${booking.id}/notes` && isTheirs) {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        const { content = '' } = JSON.parse(text) as { content?: string };
        const isText = /\S/.test(content) && /^([^\p{Cc}\p{Cs}]|[\t\n\r]){1,10000}$/u.test(content);
        const key = request.headers['idempotency-key'];
        const before = answered.get(key);
        if (person !== 'dr-smith') answer(403, { error: 'Only the provider writes.' });
        else if (!isText || (before !== undefined && before.text !== text)) answer(422, { error: 'Not a note.' });
        else if (before !== undefined) answer(201, before.note);
        else {
          const note = { providerName: booking.providerName, timestamp: new Date().toISOString(), content };
          answered.set(key, { text, note });
          notes.push(note);
          answer(201, note);
        }
      });
    } else answer(404, { error: 'Not found.' });
  });
}
