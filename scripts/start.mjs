// npm start: makes the samples, builds, and serves the production build.
import { createReadStream, existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build, preview } from 'vite';
import { makeSamples } from './samples.mjs';

const USAGE = `Usage: npm start -- [options]
  --port N        the port to serve on (default 4173); when it is taken, the next free one
  --strict-port   fail instead when the port is taken
  --host [NAME]   listen on this address (default localhost); alone: on all addresses
  --open          open the browser
  --no-build      serve dist/ as it is
  --samples DIR   serve these samples in place of the build's of the same names
  --plain         compress nothing on its way to the browser
  --help          print this`;

/** @param {string[]} argv */
function readOptions(argv) {
  // `--host` may stand alone, which parseArgs cannot express for a string option.
  const hostAt = argv.indexOf('--host');
  const bareHost = hostAt >= 0 && (argv[hostAt + 1] ?? '--').startsWith('--');
  const { values } = parseArgs({
    args: bareHost ? argv.toSpliced(hostAt, 1) : argv,
    allowNegative: true,
    options: {
      port: { type: 'string', default: '4173' },
      'strict-port': { type: 'boolean', default: false },
      host: { type: 'string', default: 'localhost' },
      open: { type: 'boolean', default: false },
      build: { type: 'boolean', default: true },
      samples: { type: 'string' },
      plain: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error(`--port takes a number from 1 to 65535, not "${values.port}".`);
  }
  return { ...values, port, host: bareHost ? true : values.host };
}

/**
 * Serves the files of a folder in place of the build's samples.
 *
 * @param {string} folder
 * @returns {import('vite').Plugin}
 */
const otherSamples = (folder) => ({
  name: 'other-samples',
  configurePreviewServer({ middlewares }) {
    middlewares.use('/samples', (request, response, next) => {
      const path = join(folder, basename(new URL(request.url ?? '/', 'http://localhost').pathname));
      if (!/\.csv$/.test(path) || !existsSync(path)) return next();
      response.setHeader('Content-Type', 'text/csv');
      createReadStream(path).pipe(response);
    });
  },
});

/**
 * Sends files as they are. Vite compresses each one anew for each visit, which on the machine that also runs the browser
 * is time lost.
 *
 * @type {import('vite').Plugin}
 */
const UNCOMPRESSED = {
  name: 'uncompressed',
  configurePreviewServer({ middlewares }) {
    middlewares.use((request, _response, next) => {
      delete request.headers['accept-encoding'];
      next();
    });
  },
};

async function main() {
  const options = readOptions(process.argv.slice(2));
  if (options.help) return console.log(USAGE);

  const root = fileURLToPath(new URL('..', import.meta.url));
  if (options.build) {
    makeSamples();
    await build({ root, logLevel: 'warn' });
  } else if (!existsSync(new URL('../dist/index.html', import.meta.url))) {
    throw new Error('There is no build in dist/ to serve. Run: npm run build');
  }

  const server = await preview({
    root,
    logLevel: 'warn',
    plugins: [
      ...(options.plain ? [UNCOMPRESSED] : []),
      ...(options.samples === undefined ? [] : [otherSamples(options.samples)]),
    ],
    preview: {
      port: options.port,
      strictPort: options['strict-port'],
      host: options.host,
      open: options.open,
    },
  });
  const address = server.httpServer.address();
  if (address && typeof address === 'object' && address.port !== options.port) {
    console.log(`Port ${options.port} is taken; using ${address.port}.`);
  }
  const urls = [...(server.resolvedUrls?.local ?? []), ...(server.resolvedUrls?.network ?? [])];
  console.log(`dreaMLearning Lab is at ${urls.join(' and ')} (Ctrl+C ends it)`);

  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      if ('closeAllConnections' in server.httpServer) server.httpServer.closeAllConnections();
      void server.close().finally(() => process.exit(0));
    });
  }
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
