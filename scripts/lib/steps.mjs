/** The steps of `pnpm test`, in the order they run. Each answers with its tests, one by one. */
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { resolveBrowser } from '../browser.mjs';
import { build } from '../build.mjs';
import { checkEvidence } from './evidence.mjs';
import { cache, pooled, root, run, since } from './run.mjs';
import { missingTools, whyNoNetwork } from './system.mjs';

/** @typedef {{ name: string, status: 'passed' | 'failed' | 'skipped' }} Test */
/**
 * `tests`: the files it needs to have. `apart`: it runs only where it is asked for.
 * @typedef {{ heading: string, tests?: string, apart?: boolean, run: () => Promise<Test[]> }} Step
 */

/** A step that is one test: the command succeeds. @returns {() => Promise<Test[]>} */
function command(/** @type {string} */ name, /** @type {string} */ tool, /** @type {string[]} */ args) {
  return async () => {
    const { code, output } = await run(tool, args);
    process.stdout.write(output);
    return [{ name, status: code === 0 ? 'passed' : 'failed' }];
  };
}

/**
 * A step that is many tests: a runner that writes its results as JSON, where `RESULTS` says or `args` tell it.
 * A runner that fails with no failed test, or ends with no result at all, is one failed test more.
 * @param {string} name
 * @param {string} tool
 * @param {(file: string) => string[]} args
 * @param {(json: any) => Test[]} read
 * @param {{ cwd?: string, browser?: boolean }} [options]
 * @returns {() => Promise<Test[]>}
 */
function runner(name, tool, args, read, { cwd = root, browser = false } = {}) {
  return async () => {
    const file = join(cache, 'results', `${name}-${process.pid}.json`);
    mkdirSync(dirname(file), { recursive: true });
    rmSync(file, { force: true });
    if (browser) await resolveBrowser();
    const { code } = await run(tool, args(file), { cwd, env: { RESULTS: file }, show: true });
    /** @type {Test[]} */
    let tests = [];
    try {
      tests = read(JSON.parse(readFileSync(file, 'utf8')));
    } catch (error) {
      process.stdout.write(`No results of ${tool}: ${/** @type {Error} */ (error).message}\n`);
    }
    rmSync(file, { force: true });
    const failed = tests.some(({ status }) => status === 'failed');
    if ((code !== 0 && !failed) || tests.length === 0)
      tests.push({ name: `${name}: ${tool} itself`, status: 'failed' });
    return tests;
  };
}

/** @returns {Test['status']} */
const status = (/** @type {string} */ word) =>
  word === 'passed' || word === 'expected'
    ? 'passed'
    : /^(skipped|pending|todo|disabled)$/.test(word)
      ? 'skipped'
      : 'failed';

/** @returns {Test[]} of vitest's JSON reporter; a file that does not load counts as one */
function readVitest(/** @type {any} */ json) {
  return json.testResults.flatMap((/** @type {any} */ file) => {
    const tests = file.assertionResults.map((/** @type {any} */ test) => ({
      name: test.fullName.trim(),
      status: status(test.status),
    }));
    const broken = file.status === 'failed' && !tests.some((/** @type {Test} */ test) => test.status === 'failed');
    return broken ? [...tests, { name: file.name, status: 'failed' }] : tests;
  });
}

/** @returns {Test[]} of Playwright's JSON reporter; a test that fails and then passes is a failed one */
function readPlaywright(/** @type {any} */ json) {
  const flat = (/** @type {any} */ suite, /** @type {string} */ path) => [
    ...(suite.specs ?? []).flatMap((/** @type {any} */ spec) =>
      spec.tests.map((/** @type {any} */ test) => ({ name: `${path}${spec.title}`, status: status(test.status) })),
    ),
    ...(suite.suites ?? []).flatMap((/** @type {any} */ inner) => flat(inner, `${path}${inner.title} > `)),
  ];
  return [
    ...json.suites.flatMap((/** @type {any} */ suite) => flat(suite, '')),
    ...(json.errors ?? []).map((/** @type {any} */ error) => ({ name: error.message ?? 'journeys', status: 'failed' })),
  ];
}

/**
 * The rules look at types, which come from other files: a file's own content says nothing about whether its last result
 * still holds. So the cache is one of all content together.
 * @returns {Promise<Test[]>}
 */
async function lint() {
  const files = globSync(['{packages,examples}/*/*.json', '{packages,examples}/*/src/**/*.ts'], { cwd: root });
  const more = globSync(['*.{ts,js,mjs,json,yaml}', '{bench,e2e,scripts,.storybook}/**/*.{ts,mjs,json}'], {
    cwd: root,
  });
  const all = [...files, ...more].filter((file) => !file.includes('node_modules')).sort();
  const hash = createHash('sha256');
  for (const file of all) hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  const folder = join(cache, 'lint');
  const done = join(folder, hash.digest('hex'));
  if (!existsSync(done)) rmSync(folder, { recursive: true, force: true });
  // The types of all of them together are more than one process can hold.
  const elements = 'packages/elements';
  const parts = { elements: [elements], others: ['.', '--ignore-pattern', `${elements}/**`] };
  return pooled(Object.entries(parts), 2, async ([name, what]) => {
    const { code, output } = await run('eslint', [
      ...what,
      ...['--max-warnings', '0', '--cache', '--cache-location', join(done, name)],
    ]);
    process.stdout.write(output);
    return { name: `lint of ${name}`, status: code === 0 ? 'passed' : 'failed' };
  });
}

/** Every program of the repository, two at a time. What has not changed is remembered. */
async function types() {
  const projects = [
    ...globSync(['packages/*/tsconfig.json', 'examples/*/tsconfig.json', '{bench,e2e}/tsconfig.json'], {
      cwd: root,
    }).sort(),
    'tsconfig.json',
  ];
  return pooled(projects, 2, async (project) => {
    const info = join(cache, 'types', `${project.replaceAll(/[\\/]/g, '-')}.tsbuildinfo`);
    const start = performance.now();
    const { code, output } = await run('tsc', ['-p', project, '--noEmit', '--incremental', '--tsBuildInfoFile', info]);
    const good = code === 0;
    process.stdout.write(`${good ? '  ok' : '  FAILED'}  ${project}  ${since(start)}\n${good ? '' : output}`);
    return { name: `types of ${project}`, status: good ? 'passed' : 'failed' };
  });
}

const vitest = (/** @type {string[]} */ more) => (/** @type {string} */ file) => [
  ...['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
  ...more,
];

const journeys = (/** @type {string} */ project) =>
  runner(project, 'playwright', () => ['test', '--project', project], readPlaywright, {
    cwd: join(root, 'e2e'),
    browser: true,
  });

/**
 * A step that needs what not every machine has. Where it is missing, the step is one skipped test, and says so.
 * @param {string} name of that test
 * @param {() => string | undefined} why it can't be run here
 * @param {() => Promise<Test[]>} then
 * @returns {() => Promise<Test[]>}
 */
const unless = (name, why, then) => async () => {
  const reason = why();
  if (reason === undefined) return then();
  process.stdout.write(`\n!!! NOT RUN: ${name}: ${reason}\n\n`);
  return [{ name, status: 'skipped' }];
};

const whyNoRelay = () => whyNoNetwork() ?? missing('turnserver');

/** @returns {string | undefined} */
function missing(/** @type {import('./system.mjs').Tool} */ tool) {
  return missingTools([tool]).length > 0 ? `${tool} is missing (pnpm setup:system)` : undefined;
}

/** @type {Record<string, Step>} */
export const steps = {
  format: {
    heading: 'Format',
    run: command('format', 'prettier', [
      ...['--check', '.', '--log-level', 'warn'],
      ...['--cache', '--cache-strategy', 'content', '--cache-location', 'node_modules/.cache/prettier/.prettier-cache'],
    ]),
  },
  lint: {
    heading: 'Lint',
    run: lint,
  },
  types: { heading: 'Types', run: /** @type {() => Promise<Test[]>} */ (types) },
  architecture: {
    heading: 'Architecture: who may import whom',
    run: command('architecture', 'depcruise', ['packages', 'examples', 'e2e', '--config', '.dependency-cruiser.mjs']),
  },
  evidence: {
    heading: 'Evidence: every row of the docs’ tables names its test',
    run: async () => {
      const faults = checkEvidence();
      for (const fault of faults) process.stdout.write(`${fault}\n`);
      return [{ name: 'evidence', status: faults.length === 0 ? 'passed' : 'failed' }];
    },
  },
  build: { heading: 'Build', run: async () => [{ name: 'build', status: (await build()) ? 'passed' : 'failed' }] },
  unit: {
    heading: 'Unit tests, on Node',
    tests: '{packages/!(elements),examples/*}/src/**/*.test.ts',
    run: runner('unit', 'vitest', vitest([]), readVitest),
  },
  browser: {
    heading: 'Cameras, calls and storage, in a browser',
    tests: 'packages/*/src/**/*.browser.test.ts',
    run: runner('browser', 'vitest', vitest(['--config', 'vitest.browser.config.ts']), readVitest, { browser: true }),
  },
  elements: {
    heading: 'Elements, in a browser',
    tests: 'packages/elements/src/**/*.test.ts',
    run: runner(
      'elements',
      'wtr',
      () => [],
      (json) => json,
      { browser: true },
    ),
  },
  stories: {
    heading: 'Stories, in a browser, with axe',
    tests: 'packages/elements/src/**/*.stories.ts',
    run: runner('stories', 'vitest', vitest(['--config', '.storybook/vitest.config.ts']), readVitest, {
      browser: true,
    }),
  },
  journeys: {
    heading: 'Journeys, in real browsers',
    tests: 'e2e/*.spec.ts',
    run: journeys('journeys'),
  },
  faults: {
    heading: 'Journeys in which much goes wrong, in real browsers',
    tests: 'e2e/faults/*.spec.ts',
    apart: true,
    run: journeys('faults'),
  },
  network: {
    heading: 'Journeys on a network that breaks, in real browsers',
    tests: 'e2e/faults/network.spec.ts',
    apart: true,
    run: unless('journeys on a network that breaks', whyNoNetwork, journeys('network')),
  },
  relay: {
    heading: 'Journeys through a TURN relay, in real browsers',
    tests: 'e2e/faults/relay.spec.ts',
    apart: true,
    run: unless('journeys through a TURN relay', whyNoRelay, journeys('relay')),
  },
  firefox: {
    heading: 'Journeys of Firefox with Chromium',
    tests: 'e2e/faults/firefox.spec.ts',
    apart: true,
    run: unless('journeys of Firefox with Chromium', () => missing('firefox-esr'), journeys('firefox')),
  },
  outbox: {
    heading: 'Ten thousand histories of unsent notes, against a model',
    apart: true,
    run: command('outbox', 'node', ['scripts/prove.mjs', 'outbox', '--seed', '4711']),
  },
};
