import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { firstScreen } from './scripts/first-screen.ts';
import { pageCode } from './scripts/page-code.ts';
import { CONTENT_SECURITY_POLICY, SECURITY_HEADERS } from './scripts/content-security.ts';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** The policy as a <meta> in the built page and as a header on every response of `vite preview`. */
function contentSecurity(): Plugin {
  return {
    name: 'content-security',
    apply: (_config, { command, isPreview }) => command === 'build' || isPreview === true,
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
        injectTo: 'head-prepend',
      },
    ],
    configurePreviewServer(server) {
      server.middlewares.use((_request, response, next) => {
        for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
        next();
      });
    },
  };
}

/** The web app manifest, and the service worker's build with the list of all files that it is to keep. */
const installable = VitePWA({
  strategies: 'injectManifest',
  srcDir: 'workers',
  filename: 'offline.worker.ts',
  // src/platform/serviceWorker.ts registers it, when the page has nothing better to do.
  injectRegister: false,
  includeManifestIcons: false,
  integration: {
    // It is a build of its own, which would say more than the page's.
    configureCustomSWViteBuild: (build) => {
      build.logLevel = 'warn';
    },
  },
  injectManifest: {
    rollupFormat: 'iife',
    globPatterns: ['**/*'],
    // The plugin lists it by itself.
    globIgnores: ['manifest.webmanifest'],
    // Nothing is left out silently: large samples are kept only when they are used.
    maximumFileSizeToCacheInBytes: 2 ** 30,
  },
  manifest: {
    id: './',
    name: 'dreaMLearning Lab',
    short_name: 'dreaMLearning',
    description:
      'Compress a data set without loss, condense it, and learn from it while it stays compressed.',
    lang: 'en',
    start_url: './',
    scope: './',
    display: 'standalone',
    theme_color: '#ffffff',
    background_color: '#f7f8f8',
    categories: ['education', 'utilities'],
    icons: [
      { src: 'icon.svg', type: 'image/svg+xml', sizes: 'any' },
      { src: 'icon-192.png', type: 'image/png', sizes: '192x192' },
      { src: 'icon-512.png', type: 'image/png', sizes: '512x512' },
      { src: 'icon-maskable-512.png', type: 'image/png', sizes: '512x512', purpose: 'maskable' },
    ],
  },
});

/**
 * Code of one byte a character: with a single β in it a browser decodes a file letter by letter, and keeps twice its size
 * in every thread that runs it.
 */
const ASCII = { charset: 'ascii' } as const;

export default defineConfig({
  base: './',
  // The lab is one page: any other path is not found, in place of the page once more.
  appType: 'mpa',
  plugins: [react(), contentSecurity(), pageCode(), firstScreen(), installable],
  define: { __APP_VERSION__: JSON.stringify(version) },
  build: {
    target: 'es2022',
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: ASCII,
      // What a page takes of them is what it names: a plug-in's meta does not bring along what its code imports.
      treeshake: {
        moduleSideEffects: [{ test: /\/src\/core\/|\/node_modules\/pako\//, sideEffects: false }],
      },
    },
  },
  worker: { format: 'es', rolldownOptions: { output: ASCII } },
});
