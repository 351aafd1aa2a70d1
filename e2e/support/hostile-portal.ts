import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { listen } from '@active-session/server';
import { hostileTexts } from '@active-session/testing/hostile';
import { Hono } from 'hono';

/** What the texts would call. */
export const RUN = 'globalThis.__ran(1)';
export const TEXTS = hostileTexts(RUN);

/** As strict as a policy gets with which one script and one tag have to work. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
  'report-uri /reports',
].join('; ');

const WIDGETS = new URL('../../packages/embed/dist/', import.meta.url);
const PHASES = ['completed', 'cancelled', 'missed', 'upcoming'] as const;
const HOUR = 3_600_000;

type Role = 'patient' | 'provider';

/** What the backend offers: no stream, no call. */
const OFFERS = ['getActiveBooking', 'listBookings', 'listNotes', 'addNote', 'listProviders', 'listSlots', 'book'];

export interface HostilePortal {
  readonly origin: string;
  /** What browsers have reported against the policy. */
  readonly reports: readonly string[];
  stop(): Promise<void>;
}

/** A portal with a strict policy whose backend has a hostile text in every text that it sends. */
export async function startHostilePortal(): Promise<HostilePortal> {
  const app = new Hono();
  const reports: string[] = [];
  app.post('/reports', async (context) => {
    reports.push(await context.req.text());
    return context.body(null, 204);
  });
  app.get('/active-session/*', async (context) => {
    const file = await readFile(fileURLToPath(new URL(`.${context.req.path.slice(15)}`, WIDGETS)));
    return context.body(file, 200, { 'Content-Type': 'text/javascript' });
  });
  app.get('/patient', (context) => context.html(pageOf('patient'), 200, { 'Content-Security-Policy': POLICY }));
  app.get('/provider', (context) => context.html(pageOf('provider'), 200, { 'Content-Security-Policy': POLICY }));
  // The same texts without any defence: some of them do run there.
  app.get('/careless', (context) => context.html('<!doctype html><title>A careless page</title><body></body>'));
  for (const role of ['patient', 'provider'] as const) app.route(`/api/${role}`, backendOf(role));
  app.notFound((context) => context.json({ type: 'about:blank', title: text(0), detail: text(1), status: 404 }, 404));
  const listening = await listen(app.fetch.bind(app), { host: '127.0.0.1', port: 0 });
  return {
    origin: `http://localhost:${String(listening.port)}`,
    reports,
    stop: () => listening.stop(),
  };
}

function pageOf(role: Role): string {
  const content =
    role === 'provider'
      ? '<provider-dashboard></provider-dashboard>'
      : `<session-return-banner></session-return-banner><booking-required inline></booking-required>
         <book-appointment></book-appointment><active-session></active-session>
         <provider-notes booking-id="1"></provider-notes>`;
  return `<!doctype html><html lang="en"><title>A portal</title>
    <script type="module" src="/active-session/active-session.js"></script>
    <session-scope endpoint="/api/${role}">${content}</session-scope></html>`;
}

function backendOf(role: Role): Hono {
  const now = Date.now();
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    context.header('Server-Time', String(Date.now()));
  });
  app.get('/me', (context) => context.json(me(role)));
  app.get('/bookings', (context) => context.json({ items: TEXTS.map((_, at) => booking(at, now, role)) }));
  app.get('/bookings/active', (context) => context.json({ booking: null, verdict: null }));
  app.get('/bookings/:id/notes', (context) => context.json({ items: notes(context.req.param('id'), now) }));
  app.get('/providers', (context) => context.json({ items: TEXTS.map((_, at) => provider(at)) }));
  app.get('/providers/:id/slots', (context) => refused(context.req.param('id').length));
  app.post('/bookings', () => refused(0));
  return app;
}

function text(at: number): string {
  return TEXTS[at % TEXTS.length] ?? '';
}

/** No provider of the bookings, but of their own ones. */
const ME = `me ${text(1)}`;

function me(role: Role): object {
  const contact = { label: text(3), phone: text(5), url: 'https://clinic.example/"onmouseover=x' };
  return { id: ME, role, name: text(2), serverTime: new Date().toISOString(), offers: OFFERS, contact };
}

/** Each booking has a text of its own in every field; the phases take turns. */
function booking(at: number, now: number, role: Role): object {
  const phase = PHASES[at % PHASES.length];
  const days = role === 'provider' ? 0 : phase === 'upcoming' ? 2 : -2;
  const start = new Date(now + days * 24 * HOUR + at).toISOString();
  const status = phase === 'completed' || phase === 'cancelled' ? phase : 'scheduled';
  return {
    id: at + 1,
    provider: role === 'provider' ? ME : text(at),
    providerName: text(at),
    providerInitials: text(at).slice(0, 10),
    dateTime: start,
    sessionType: text(at + 101),
    notes: text(at + 103),
    status,
    bookedAt: new Date(now - 72 * HOUR).toISOString(),
    patient: text(at + 107),
    patientName: text(at),
    timeZone: text(at + 109),
    late: { minutes: 10, message: text(at + 113), saidAt: start },
    ...(status === 'completed' ? { completedAt: start } : {}),
    ...(status === 'cancelled' ? { cancelledAt: start, cancelledBy: 'provider', cancelReason: text(at + 127) } : {}),
  };
}

/** The first session has a note of each text; the others have none, so that all of them are read in no time. */
function notes(id: string, now: number): readonly object[] {
  if (id !== '1') return [];
  return TEXTS.map((content, at) => ({
    id: `${String(at)} ${text(at).slice(0, 150)}`,
    providerName: text(at + 131),
    timestamp: new Date(now - 47 * HOUR + at).toISOString(),
    content,
    author: text(at),
    kind: text(at),
  }));
}

function provider(at: number): object {
  const [name, specialty, timeZone] = [text(at), text(at + 139), text(at + 149)];
  return {
    id: `p${String(at)}`,
    name,
    initials: name.slice(0, 10),
    specialty,
    timeZone,
    sessionTypes: [name, text(1)],
  };
}

function refused(at: number): Response {
  const problem = {
    type: 'urn:active-session:problem:invalid',
    title: text(at),
    status: 422,
    detail: text(at + 1),
    errors: [{ path: text(at + 2), message: text(at + 3) }],
  };
  return Response.json(problem, { status: 422, headers: { 'Content-Type': 'application/problem+json' } });
}
