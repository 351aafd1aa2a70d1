/**
 * `pnpm setup:system`: what the journeys with a real network need of the system, and what is missing of it is installed
 * on Debian, as root. Elsewhere it says what to install. Nothing is touched that is there already.
 * Exit code: 0 where all is there in the end, 1 where something is missing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { missingTools, tools } from './lib/system.mjs';

const say = (/** @type {string} */ text) => process.stdout.write(`${text}\n`);

let missing = missingTools();
if (missing.length > 0 && isDebianRoot()) {
  say(`Installing the Debian packages ${packagesOf(missing)} …`);
  install(missing.map((name) => tools[name].package));
  missing = missingTools();
}
for (const [name, { use }] of Object.entries(tools)) {
  say(`${/** @type {string[]} */ (missing).includes(name) ? 'missing ' : 'there   '} ${name.padEnd(12)} ${use}`);
}
if (missing.length > 0) {
  say(`\nInstall these, or run this command as root on Debian: apt-get install ${packagesOf(missing)}`);
  if (missing.includes('turnserver')) say('turnserver need not run as a service: the journeys start their own.');
}
process.exitCode = missing.length > 0 ? 1 : 0;

function packagesOf(/** @type {(keyof typeof tools)[]} */ names) {
  return names.map((name) => tools[name].package).join(' ');
}

function isDebianRoot() {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

function install(/** @type {string[]} */ packages) {
  // While packages are installed, none of their services is started: a relay that nobody asked for must not listen.
  const policy = '/usr/sbin/policy-rc.d';
  const isOurs = !existsSync(policy);
  if (isOurs) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    for (const args of [
      ['update', '-qq'],
      ['install', '-y', '-qq', '--no-install-recommends', ...packages],
    ]) {
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      const { status, stderr } = spawnSync('apt-get', args, { env, encoding: 'utf8', maxBuffer: 1 << 28 });
      if (status !== 0) say(`apt-get ${args[0]} did not succeed:\n${(stderr ?? '').slice(-2000)}`);
    }
  } finally {
    if (isOurs) rmSync(policy, { force: true });
  }
  // Nor at the next start of the machine.
  if (packages.includes('coturn')) spawnSync('systemctl', ['disable', '--quiet', 'coturn']);
}
