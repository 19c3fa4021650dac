// npm test: every check, cheapest first, up to the first that fails. What reads the sources alone runs side by side.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { makeSamples } from './samples.mjs';

/** Checks in turn; those of one row run at the same time. */
const ROWS = [['format', 'lint', 'types'], ['unit'], ['build'], ['e2e']];
const root = fileURLToPath(new URL('..', import.meta.url));

/** @typedef {{ stage: string, seconds: number, outcome: string }} Result */

/**
 * @param {string} stage
 * @param {boolean} isAlone whether it may write as it goes; else what it said is written when it has ended
 * @returns {Promise<Result>}
 */
function run(stage, isAlone) {
  const start = performance.now();
  if (isAlone) console.log(`\n── ${stage} ${'─'.repeat(60 - stage.length)}`);
  const child = spawn('npm', ['run', '--silent', stage], {
    cwd: root,
    stdio: isAlone ? 'inherit' : ['inherit', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  /** @type {Buffer[]} */
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece) => said.push(piece));
  return new Promise((resolve) => {
    const end = (/** @type {string} */ outcome) => {
      const seconds = (performance.now() - start) / 1000;
      if (!isAlone) {
        console.log(`\n── ${stage} ${'─'.repeat(60 - stage.length)}`);
        process.stdout.write(Buffer.concat(said));
      }
      console.log(`── ${stage} ${outcome} in ${seconds.toFixed(1)} s`);
      resolve({ stage, seconds, outcome });
    };
    child.once('error', (error) => {
      said.push(Buffer.from(`${error.message}\n`));
      end('FAILED');
    });
    child.once('close', (code) => end(code === 0 ? 'passed' : 'FAILED'));
  });
}

/** @type {Result[]} */
const results = [];
makeSamples();
for (const row of ROWS) {
  if (results.some(({ outcome }) => outcome !== 'passed')) {
    results.push(...row.map((stage) => ({ stage, seconds: 0, outcome: 'not run' })));
  } else {
    results.push(...(await Promise.all(row.map((stage) => run(stage, row.length === 1)))));
  }
}

console.log('\nstage     seconds  outcome');
for (const { stage, seconds, outcome } of results) {
  console.log(`${stage.padEnd(8)}  ${seconds.toFixed(1).padStart(7)}  ${outcome}`);
}
const failed = results.filter(({ outcome }) => outcome === 'FAILED').map(({ stage }) => stage);
if (failed.length > 0) {
  const commands = failed.map((stage) => `npm run ${stage}`).join(', ');
  console.error(`\nFailed: ${failed.join(', ')}. Run again with: ${commands}`);
  process.exitCode = 1;
}
