/** The least that a call can be: a page with `RTCPeerConnection` and a WebSocket, and a server that passes messages on. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';

const PAGE = `<!doctype html><meta charset="utf-8"><title>Raw</title>
<button>Call</button><video class="other" autoplay muted playsinline></video>
<script>(${page.toString()})()</script>`;

export async function startRaw() {
  const peers = createRequire(new URL('../package.json', import.meta.url));
  /** @type {(name: string) => any} They are there only once they were asked for, so nobody knows their types. */
  const load = createRequire(peers.resolve('peer'));
  const { WebSocketServer } = load('ws');
  const server = createServer((_, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end(PAGE));
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (/** @type {any} */ socket) => {
    socket.on('message', (/** @type {Buffer} */ data) => {
      for (const other of sockets.clients) if (other !== socket) other.send(data.toString());
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It does not listen.');
  return {
    port: address.port,
    stop() {
      for (const socket of sockets.clients) socket.terminate();
      server.close();
    },
  };
}

/** Runs in the page. `?warm`: camera and socket are there before the click; `?waits`: it is called. */
function page() {
  /* global RTCPeerConnection, URLSearchParams, WebSocket, document, location, navigator */
  const asked = new URLSearchParams(location.search);
  const media = () => navigator.mediaDevices.getUserMedia({ video: { width: 1280, height: 720 }, audio: true });
  const dial = () =>
    new Promise((resolve) => {
      const socket = new WebSocket(`ws://${location.host}/`);
      socket.onopen = () => resolve(socket);
    });
  const join = (/** @type {MediaStream} */ stream, /** @type {any} */ socket) => {
    const connection = new RTCPeerConnection({ iceServers: [] });
    const say = (/** @type {unknown} */ what) => socket.send(JSON.stringify(what));
    connection.onicecandidate = ({ candidate }) => candidate && say({ candidate });
    connection.ontrack = ({ streams }) => {
      const video = /** @type {HTMLVideoElement} */ (document.querySelector('.other'));
      video.srcObject = streams[0] ?? null;
    };
    for (const track of stream.getTracks()) connection.addTrack(track, stream);
    /** @type {Promise<unknown>} */
    let queue = Promise.resolve();
    socket.onmessage = (/** @type {MessageEvent} */ { data }) => {
      const { candidate, description } = JSON.parse(data);
      queue = queue.then(async () => {
        if (candidate) return connection.addIceCandidate(candidate);
        await connection.setRemoteDescription(description);
        if (description.type !== 'offer') return;
        await connection.setLocalDescription();
        say({ description: connection.localDescription });
      });
    };
    return async () => {
      await connection.setLocalDescription();
      say({ description: connection.localDescription });
    };
  };
  const ready = () => (document.body.dataset['ready'] = '');
  const start = async () => join(.../** @type {[MediaStream, any]} */ (await Promise.all([media(), dial()])));
  if (asked.has('waits')) void start().then(ready);
  else if (asked.has('warm')) {
    void start().then((call) => {
      document.querySelector('button')?.addEventListener('click', () => void call());
      ready();
    });
  } else {
    document.querySelector('button')?.addEventListener('click', () => void start().then((call) => call()));
    ready();
  }
}
