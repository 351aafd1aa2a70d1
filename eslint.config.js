import js from '@eslint/js';
import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import regexp from 'eslint-plugin-regexp';
import wc from 'eslint-plugin-wc';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Markup that a person's text could reach is built by Lit's templates only. */
const unsafeMarkup = [
  {
    selector: 'MemberExpression[property.name=/^((inner|outer)HTML|insertAdjacentHTML|setHTMLUnsafe)$/]',
    message: 'Render with a Lit template; raw HTML can carry a script.',
  },
  {
    selector: 'TemplateElement[value.raw=/\\.(inner|outer)HTML\\s*=/]',
    message: 'Render with a Lit template; raw HTML can carry a script.',
  },
];

const unsafeLit = [
  {
    group: ['lit/directives/unsafe-*', 'lit-html/directives/unsafe-*'],
    message: 'Raw HTML or SVG can carry a script.',
  },
  {
    group: ['lit', '@lit/*'],
    importNames: ['unsafeCSS'],
    message: 'Write css templates; unsafeCSS can carry anything.',
  },
];

const extensions = {
  regex: String.raw`^\.{1,2}/(?!.*\.js$)`,
  message: 'Relative imports name the emitted file: ./x.js.',
};

const miniZod = {
  regex: '^zod$|^zod/(?!mini$)',
  message: "Use import * as z from 'zod/mini': 6 KB instead of 26 to 93, and quiet under a strict CSP.",
};

const miniZodAsNamespace = {
  selector: "ImportDeclaration[importKind!='type'][source.value='zod/mini'] > ImportSpecifier[importKind!='type']",
  message: "Use import * as z from 'zod/mini', which bundlers can shake.",
};

export default defineConfig(
  { ignores: ['**/dist/', '**/node_modules/', 'storybook-static/', 'test-results/', 'playwright-report/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: { process: 'readonly', URL: 'readonly', performance: 'readonly' } },
    rules: { 'no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }] },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      // A fake or a small adapter answers at once, through a port that promises.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'no-restricted-syntax': ['error', ...unsafeMarkup],
      eqeqeq: 'error',
    },
  },
  {
    files: ['packages/*/src/**/*.ts'],
    rules: {
      'no-console': 'error',
      'no-restricted-imports': ['error', { patterns: [...unsafeLit, extensions, miniZod] }],
      'no-restricted-syntax': ['error', ...unsafeMarkup, miniZodAsNamespace],
    },
  },
  {
    files: ['packages/server/src/**/*.ts'],
    rules: {
      'no-console': 'off',
      'no-restricted-imports': ['error', { patterns: [...unsafeLit, extensions] }],
    },
  },
  {
    files: ['{packages,examples}/*/src/**/*.ts'],
    ignores: ['**/*.test.ts', '**/*.stories.ts'],
    rules: {
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      'max-lines': ['error', 400],
    },
  },
  {
    // Text from outside meets these: none may take longer than the text is long.
    files: ['{packages,examples}/*/src/**/*.ts'],
    ignores: ['**/*.test.ts'],
    plugins: { regexp },
    rules: { 'regexp/no-super-linear-backtracking': 'error', 'regexp/no-super-linear-move': 'error' },
  },
  {
    files: ['packages/elements/src/**/*.ts'],
    extends: [lit.configs['flat/recommended'], wc.configs['flat/recommended'], litA11y.configs.recommended],
    rules: { 'wc/guard-super-call': 'off' },
  },
  {
    files: ['**/*.{test,spec,stories}.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      // chai's `expect(x).to.be.true` is an expression that asserts.
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
);
