/** PeerJS as it comes: its own server, and a page that does what its introduction shows. `node server.mjs <host> <port>` */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const [host = '127.0.0.1', port = '0'] = process.argv.slice(2);
const require = createRequire(new URL('../../package.json', import.meta.url));
/** @type {(name: string) => any} It is there only once it was asked for, so nobody knows its types. */
const load = require;
const { PeerServer } = load('peer');
const script = readFileSync(require.resolve('peerjs').replace(/bundler\.cjs$/, 'peerjs.min.js'));
const own = (/** @type {string} */ name) => readFileSync(fileURLToPath(new URL(name, import.meta.url)));

/** @type {Record<string, [string, Buffer]>} */
const files = {
  '/': ['text/html', own('page.html')],
  '/page.js': ['text/javascript', own('page.js')],
  '/peerjs.js': ['text/javascript', script],
};
createServer((request, response) => {
  const [type, body] = files[new URL(request.url ?? '/', 'http://x').pathname] ?? [];
  if (type === undefined) response.writeHead(404).end();
  else response.writeHead(200, { 'Content-Type': type }).end(body);
}).listen(Number(port), host, () => {
  PeerServer({ host, port: Number(port) + 1, path: '/' }, () => process.stdout.write('ready\n'));
});
