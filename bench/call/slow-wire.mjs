/** A TCP wire of this machine on which every byte takes its time, in both directions. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout } from 'node:timers';

/** @param {number} delay one way, ms @param {() => number} to the port that it leads to */
export async function slowWire(delay, to) {
  /** @type {Set<import('node:net').Socket>} */
  const open = new Set();
  const carry = (/** @type {import('node:net').Socket} */ from, /** @type {import('node:net').Socket} */ into) => {
    open.add(from);
    from.setNoDelay(true);
    from.on('data', (bytes) => void setTimeout(() => into.write(bytes), delay));
    from.on('error', () => undefined);
    from.on('close', () => {
      open.delete(from);
      setTimeout(() => into.end(), delay);
    });
  };
  const server = createServer((near) => {
    const far = connect(to(), '127.0.0.1');
    carry(near, far);
    carry(far, near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The wire does not listen.');
  return {
    port: address.port,
    stop() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
