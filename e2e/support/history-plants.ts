/** Faults to plant in a provider's page: each makes of a history that holds one that does not. Each runs in the page. */
export const PLANTS = { 'new-id': sendAgainUnderAnotherId, forgetful: keepNothing, leaky: sendEveryStroke };

/** What is sent again after a lost answer is sent as another note. */
function sendAgainUnderAnotherId(): void {
  const sent = new Set<string>();
  const send = window.fetch.bind(window);
  window.fetch = (address, init) => {
    const isNote = init?.method === 'POST' && typeof address === 'string' && address.endsWith('/notes');
    if (!isNote || typeof init.body !== 'string') return send(address, init);
    const note = JSON.parse(init.body) as { id: string };
    if (!sent.has(note.id)) {
      sent.add(note.id);
      return send(address, init);
    }
    const id = crypto.randomUUID();
    const headers = new Headers(init.headers);
    headers.set('Idempotency-Key', id);
    return send(address, { ...init, headers, body: JSON.stringify({ ...note, id }) });
  };
}

/** The device says that it keeps what it is given, and does not. */
function keepNothing(): void {
  IDBObjectStore.prototype.put = function (_, key = '') {
    return this.getKey(key) as IDBRequest<IDBValidKey>;
  };
}

/** What is written is told to somebody before it is shared. */
function sendEveryStroke(): void {
  document.addEventListener('input', (event) => {
    const [field] = event.composedPath();
    if (field instanceof HTMLTextAreaElement) void fetch('/typing', { method: 'POST', body: field.value });
  });
}
