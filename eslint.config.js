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

export default defineConfig(
  globalIgnores(['dist', 'public/samples', 'test-results', 'playwright-report', '.cache']),
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // An async function without await keeps an interface's promise and turns a throw into a rejection.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs,cjs,ts,tsx}'],
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-properties': ['error', NO_RANDOM, ...NO_HTML],
      'no-restricted-syntax': [
        'error',
        {
          selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
          message: 'Build elements with React; text never becomes markup.',
        },
      ],
    },
  },
  {
    files: ['src/core/**/*.ts', 'src/readers/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-globals': ['error', ...NOT_IN_CORE] },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    // No React there: a function that begins with "use" is no hook.
    ignores: ['src/learning/**'],
    extends: [reactHooks.configs.flat.recommended],
  },
  {
    files: ['src/**/*.tsx'],
    extends: [jsxA11y.flatConfigs.recommended],
  },
  {
    files: ['**/*.test.{ts,tsx}', 'e2e/**/*.ts'],
    rules: {
      // A test reads JSON, spies and page values whose types say nothing more.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/unbound-method': 'off',
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
