/**
 * Finds a Chromium for tests and demos, and gets one where there is none. No test tool downloads a browser by itself:
 * all of them are told this executable.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {{ executablePath: string, env: Record<string, string>, args: string[] }} Browser */

/** Quiet, deterministic, and able to run as root and without a GPU. */
export const launchArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** For calls: a camera and a microphone that always exist and are always allowed. */
export const mediaArgs = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'];

const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'chrome'];

const places = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((name) =>
    join(process.env[name] ?? '', 'Google/Chrome/Application/chrome.exe'),
  ),
};

/** @returns {string[]} the files of these names on the path, best first */
function onPath(/** @type {string[]} */ wanted) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return wanted
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .filter((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** @returns {boolean} whether it starts: Ubuntu's `chromium-browser`, say, is often only a hint to install a snap */
function starts(/** @type {string} */ file) {
  return process.platform !== 'linux' || spawnSync(file, ['--version'], { timeout: 20_000 }).status === 0;
}

/** @returns {string | undefined} */
function installed() {
  const known = places[/** @type {'darwin' | 'win32'} */ (process.platform)] ?? [];
  return [...onPath(names), ...known.filter((file) => existsSync(file))].find(starts);
}

/** @returns {string | undefined} */
function fromDebian() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || onPath(['apt-get']).length === 0) return undefined;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const [text, args] of /** @type {const} */ ([
    ['No Chrome or Chromium here: reading the list of Debian packages …', ['update', '-qq']],
    ['Installing the Debian package chromium (a minute or two) …', ['install', '-y', '-qq', 'chromium']],
  ])) {
    process.stderr.write(`${text}\n`);
    const { status, stderr } = spawnSync('apt-get', args, { env, encoding: 'utf8', maxBuffer: 1 << 28 });
    if (status !== 0) process.stderr.write(`apt-get ${args[0]} did not succeed:\n${stderr.slice(-2000)}\n`);
  }
  return installed();
}

/**
 * The build that npm carries. Its package also carries the NSS libraries that a bare system lacks. All is unpacked into
 * a folder named by the version, because the package itself reuses any old copy in the temporary folder.
 * @returns {Promise<Browser | undefined>}
 */
export async function fromNpm() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  let entry;
  try {
    entry = import.meta.resolve('@sparticuz/chromium');
  } catch {
    return undefined; // optional dependencies may be left out
  }
  const home = new URL('../../', entry);
  const { version } = JSON.parse(readFileSync(new URL('package.json', home), 'utf8'));
  const folder = fileURLToPath(new URL(`../node_modules/.cache/active-session/chromium-${version}`, import.meta.url));
  if (!existsSync(folder)) {
    process.stderr.write(`Unpacking Chromium ${version} from npm …\n`);
    const half = `${folder}.${process.pid}`;
    mkdirSync(half, { recursive: true });
    const before = process.env.TMPDIR;
    process.env.TMPDIR = half; // where the package unpacks to
    const { default: chromium, inflate } = await import(entry);
    await chromium.executablePath();
    await inflate(fileURLToPath(new URL('bin/al2023.tar.br', home)));
    writeFileSync(join(half, 'fonts/fonts.conf'), fontsConfig(join(folder, 'fonts')));
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    try {
      renameSync(half, folder); // whole or not at all
    } catch {
      rmSync(half, { recursive: true, force: true }); // another process was faster
    }
  }
  return {
    executablePath: join(folder, 'chromium'),
    env: {
      LD_LIBRARY_PATH: [join(folder, 'al2023/lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter),
      FONTCONFIG_PATH: join(folder, 'fonts'),
    },
    args: launchArgs,
  };
}

/** The package's own names fixed folders that are not there: text without a font has no size, and some of it crashes. */
function fontsConfig(/** @type {string} */ folder) {
  const places = [folder, '/usr/share/fonts', '/usr/local/share/fonts'].map((place) => `<dir>${place}</dir>`).join('');
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${places}<cachedir>${folder}/cache</cachedir></fontconfig>\n`;
}

/**
 * In this order: `CHROME_PATH`; an installed Chrome or Chromium; as root on Debian, its package; on other Linux the
 * build that npm carries. The first answer is kept in the environment, so that child processes do not search again.
 * @returns {Promise<Browser>}
 */
export async function resolveBrowser() {
  const given = process.env.ACTIVE_SESSION_BROWSER;
  if (given) return JSON.parse(given);
  const file = process.env.CHROME_PATH || installed() || fromDebian();
  const browser = file ? { executablePath: file, env: {}, args: launchArgs } : await fromNpm();
  if (!browser) throw new Error('No Chrome or Chromium found. Install one, or set CHROME_PATH to its executable.');
  process.env.ACTIVE_SESSION_BROWSER = JSON.stringify(browser);
  return browser;
}

/**
 * What Playwright's `launch` takes, for every tool that is built on it.
 * @param {string[]} [more] further arguments
 */
export async function playwrightLaunch(more = []) {
  const { executablePath, env, args } = await resolveBrowser();
  return {
    executablePath,
    args: [...args, ...more],
    env: { .../** @type {Record<string, string>} */ (process.env), ...env },
  };
}
