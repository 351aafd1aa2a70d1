/* global Peer, URLSearchParams, document, location, navigator, window */
/** `?id=a` waits for a call, `?id=b&call=a` makes one. What PeerJS says of it is kept in `stockSaid`. */
const asked = new URLSearchParams(location.search);
const said = (window.stockSaid = []);
const tell = (what) => said.push({ at: performance.timeOrigin + performance.now(), what });

navigator.mediaDevices.getUserMedia({ video: true, audio: true }).then((stream) => {
  document.querySelector('.self').srcObject = stream;
  const peer = new Peer(asked.get('id'), {
    host: location.hostname,
    port: Number(location.port) + 1,
    path: '/',
    config: { iceServers: [] },
  });
  const follow = (call) => {
    call.on('stream', (remote) => {
      document.querySelector('.other').srcObject = remote;
    });
    call.on('close', () => tell('close'));
    call.on('error', () => tell('error'));
  };
  peer.on('call', (call) => {
    call.answer(stream);
    follow(call);
  });
  // What its documentation says to do when the server is lost.
  peer.on('disconnected', () => {
    tell('disconnected');
    if (!peer.destroyed) peer.reconnect();
  });
  peer.on('error', ({ type }) => tell(type));
  peer.on('open', () => {
    if (asked.has('call')) follow(peer.call(asked.get('call'), stream));
    document.body.dataset.open = '';
  });
});
