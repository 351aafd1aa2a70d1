/** What journeys with a real network need of the system beside a browser, and whether it is there. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** By the command that they bring. */
export const tools = {
  ip: { package: 'iproute2', use: 'a network of namespaces, one for each person' },
  nft: { package: 'nftables', use: 'loss, silent cuts, blocked ports' },
  turnserver: { package: 'coturn', use: 'a relay for calls that find no way' },
  'firefox-esr': { package: 'firefox-esr', use: 'calls between two browsers of different makers' },
};

/** @typedef {keyof typeof tools} Tool */

/** @returns {string | undefined} the file of this command */
export function findTool(/** @type {string} */ name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'].filter(Boolean);
  return folders
    .map((folder) => join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** @returns {Tool[]} */
export function missingTools(/** @type {Tool[]} */ wanted = /** @type {Tool[]} */ (Object.keys(tools))) {
  return wanted.filter((name) => findTool(name) === undefined);
}

/**
 * Why no network can be built here; undefined where it can. Tried, not guessed: a container may have the tools and the
 * user, and still refuse namespaces or filters.
 * @returns {string | undefined}
 */
export function whyNoNetwork() {
  if (process.platform !== 'linux') return 'network namespaces are a matter of Linux';
  if (process.getuid?.() !== 0) return 'only root may make network namespaces';
  const missing = missingTools(['ip', 'nft']);
  if (missing.length > 0)
    return `missing: ${missing.map((name) => tools[name].package).join(', ')} (pnpm setup:system)`;
  const name = `astry${process.pid}`;
  const tries = [
    ['ip', 'netns', 'add', name],
    ['ip', '-n', name, 'link', 'add', 'near0', 'type', 'veth', 'peer', 'name', 'far0'],
    [
      ...['ip', 'netns', 'exec', name, 'nft'],
      'add table netdev t; add chain netdev t c { type filter hook ingress device near0 priority 0; }; ' +
        'add rule netdev t c numgen random mod 100 < 50 drop',
    ],
  ];
  try {
    for (const [command = '', ...args] of tries) {
      const { status, stderr } = spawnSync(findTool(command) ?? command, args, { encoding: 'utf8', timeout: 10_000 });
      if (status !== 0) return `this machine refuses "${command} ${args.slice(0, 3).join(' ')}": ${stderr.trim()}`;
    }
    return undefined;
  } finally {
    spawnSync(findTool('ip') ?? 'ip', ['netns', 'delete', name], { timeout: 10_000 });
  }
}
