import { readdirSync, readFileSync } from 'node:fs';
import js from '@eslint/js';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const NO_RANDOM = {
  object: 'Math',
  property: 'random',
  message: 'Everything random takes a generator, so that a run can be repeated.',
};
const NO_HTML = ['innerHTML', 'outerHTML', 'insertAdjacentHTML'].map((property) => ({
  property,
  message: 'Build elements with React; text never becomes markup.',
}));

/** Names that exist in some of page, worker and Node, but not in all: core and readers run in the three. */
const NOT_IN_CORE = [
  'window',
  'document',
  'self',
  'navigator',
  'location',
  'localStorage',
  'indexedDB',
  'fetch',
  'Worker',
  'Image',
  'ImageData',
  'OffscreenCanvas',
  'createImageBitmap',
  'requestAnimationFrame',
  'postMessage',
  'process',
  'Buffer',
  'global',
  'require',
];

/** Folders whose files each say what a plug-in is called. */
const PLUGIN_FOLDERS = [
  'src/core/codecs',
  'src/core/images/transforms',
  'src/core/images/representations',
  'src/core/networks',
  'src/core/coresets',
  'src/core/methods',
];
/** Where a plug-in may be called by its name besides its own folder: the defaults, and the paper's tables. */
const NAMES_PLUGINS = [
  'src/core/contenders/greedygd.ts',
  'src/core/experiment/settings.ts',
  'src/core/images/settings.ts',
  'src/contracts/trainingSettings.ts',
  'src/contracts/imageSweep.ts',
  'src/stations/training/state.ts',
  'src/stations/training/paperTable.ts',
];
/** Names that are words of other subjects too: they are only not compared with. */
const PLAIN_WORDS = new Set(['none', 'offset', 'softmax', 'full', 'random', 'dense']);
/** What a model of a table learns from is called a method too, and one of them is full. */
const COMPARED = new Set(['full']);

/** The names of all plug-ins, as their files give them. */
const PLUGIN_NAMES = PLUGIN_FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true })
    .filter((file) => /(?<!\.test)\.ts$/.test(file))
    .flatMap((file) => [
      ...readFileSync(`${folder}/${file}`, 'utf8').matchAll(
        /(?:Meta|NetworkDesign) = \{\n {2}name: '([^']+)'/g,
      ),
    ]),
).map(([, name]) => name);

const PLUGIN_MESSAGE =
  'What a plug-in is, is said by its meta and nowhere else: ask for the capability that this is about.';
const oneOfThese = (names) => `/^(?:${names.join('|')})$/`;
/** A field of the settings that names a plug-in, alone or of something. */
const NAMING = '/^(?:codec|transform|representation|network|method)$/';

const NO_PLUGIN_NAMES = [
  `Literal[value=${oneOfThese(PLUGIN_NAMES.filter((name) => !PLAIN_WORDS.has(name)))}]`,
  ...['left', 'right'].flatMap((side) => [
    `BinaryExpression[${side}.name=${NAMING}]:has(> Literal[value=${oneOfThese(PLUGIN_NAMES.filter((name) => !COMPARED.has(name)))}])`,
    `BinaryExpression[${side}.property.name=${NAMING}]:has(> Literal[value=${oneOfThese(PLUGIN_NAMES.filter((name) => !COMPARED.has(name)))}])`,
  ]),
  `CallExpression[callee.property.name=/^(?:startsWith|endsWith)$/][callee.object.property.name=${NAMING}]`,
  `CallExpression[callee.property.name=/^(?:startsWith|endsWith)$/][callee.object.name=${NAMING}]`,
].map((selector) => ({ selector, message: PLUGIN_MESSAGE }));

const NO_MARKUP = {
  selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
  message: 'Build elements with React; text never becomes markup.',
};

export default defineConfig(
  globalIgnores(['dist', 'package', 'public/samples', 'test-results', 'playwright-report', '.cache']),
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommended],
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.{js,mjs,cjs,ts,tsx}'],
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-properties': ['error', NO_RANDOM, ...NO_HTML],
      'no-restricted-syntax': ['error', NO_MARKUP],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: [
      ...PLUGIN_FOLDERS.map((folder) => `${folder}/**`),
      ...NAMES_PLUGINS,
      '**/*.test.{ts,tsx}',
      'src/**/testing/**',
      'src/**/*[tT]esting.{ts,tsx}',
    ],
    rules: { 'no-restricted-syntax': ['error', NO_MARKUP, ...NO_PLUGIN_NAMES] },
  },
  {
    files: ['src/core/**/*.ts', 'src/readers/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-globals': ['error', ...NOT_IN_CORE] },
  },
  {
    // Nowhere else is there React; its rules compile every function that they are shown.
    files: ['src/{app,stations,ui}/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat.recommended],
  },
  {
    files: ['src/**/*.tsx'],
    extends: [jsxA11y.flatConfigs.recommended],
  },
  {
    files: ['**/*.test.{ts,tsx}', 'src/ui/testing/**/*.ts', 'e2e/**/*.ts'],
    rules: {
      // It may read markup in order to compare it.
      'no-restricted-properties': ['error', NO_RANDOM],
    },
  },
  {
    // Type checking leaves undeclared names to TypeScript, which also checks the .mjs files.
    files: ['scripts/**/*.mjs', 'e2e/tools/*.mjs', '*.js', '*.cjs', 'public/*.js'],
    rules: { 'no-undef': 'off' },
  },
);
