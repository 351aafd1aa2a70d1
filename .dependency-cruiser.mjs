/** The arrows of docs/architecture.md, as rules. What is not named here is not allowed between packages. */

/** Which workspace packages each package may import, in tests and stories too. */
const arrows = {
  core: [],
  browser: ['core'],
  webrtc: ['core'],
  'adapter-peerjs': ['core', 'webrtc'],
  'adapter-webrtc': ['core', 'webrtc'],
  'adapter-rest': ['core'],
  elements: ['core'],
  server: ['core'],
  testing: ['core', 'adapter-rest'],
  embed: ['core', 'elements', 'browser', 'webrtc', 'adapter-rest', 'adapter-peerjs', 'adapter-webrtc'],
};

/** Tests and stories may use the fakes, whatever package they are of. */
const testFile = '(\\.(test|stories)\\.ts$|/test-support/)';

const between = Object.entries(arrows).map(([name, allowed]) => ({
  name: `arrows-of-${name}`,
  severity: 'error',
  from: { path: `^packages/${name}/src/`, pathNot: testFile },
  to: { path: '^(packages|examples|e2e)/', pathNot: `^packages/(${[name, ...allowed].join('|')})/` },
}));

const tests = {
  name: 'tests-add-only-testing',
  comment: 'A test imports what its package may, and packages/testing.',
  severity: 'error',
  from: { path: `^packages/([^/]+)/src/.*${testFile}` },
  to: { path: '^(examples|e2e)/' },
};

const testArrows = Object.entries(arrows).map(([name, allowed]) => ({
  name: `arrows-of-${name}-tests`,
  severity: 'error',
  from: { path: `^packages/${name}/src/.*${testFile}` },
  to: { path: '^packages/', pathNot: `^packages/(${[name, 'testing', ...allowed].join('|')})/` },
}));

/** Inside core, from the ground up. A file imports of its own layer and of those before it, by its suffix or folder. */
const layers = [
  ['schema', '\\.schema\\.ts$'],
  ['rules', '\\.rules\\.ts$'],
  ['ports', '/ports/'],
  ['machine', '\\.machine\\.ts$'],
  ['view', '\\.view\\.ts$'],
  ['client', '/client\\.ts$|/client/'],
  ['index', '/src/index\\.ts$'],
];

const insideCore = layers.slice(0, -1).map(([name, path], i) => ({
  name: `core-${name}-imports-nothing-above`,
  severity: 'error',
  from: { path: `^packages/core.*(${path})`, pathNot: testFile },
  to: {
    path: layers.slice(i + 1).map(([, above]) => `^packages/core.*(${above})`),
    pathNot: path,
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...between,
    tests,
    ...testArrows,
    ...insideCore,
    {
      name: 'class-never-defines',
      comment:
        'Importing a class registers nothing: only define.ts files, and what the embed runs, import a define.ts.',
      severity: 'error',
      from: { path: '^packages/elements/src/', pathNot: ['/define\\.ts$', testFile] },
      to: { path: '/define\\.ts$' },
    },
    {
      name: 'languages-are-fetched',
      comment: 'A page loads the words of a language when an element first stands in it, by a dynamic import.',
      severity: 'error',
      from: { path: '^packages/elements/src/', pathNot: ['/languages/', testFile] },
      to: { path: '^packages/elements/src/languages/', dynamic: false },
    },
    {
      name: 'no-cycles',
      comment: 'Of types neither.',
      severity: 'error',
      from: { path: '^(packages|examples|e2e)/' },
      to: { circular: true },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: { path: '^(packages|examples|e2e)/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'shipped-code-imports-no-tests',
      severity: 'error',
      from: { path: '^(packages|examples)/[^/]+/src/', pathNot: testFile },
      to: { path: testFile },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@active-session/source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.d.ts'],
    },
  },
};
