// npm test: every check in turn, cheapest first, up to the first that fails.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { makeSamples } from './samples.mjs';

const STAGES = ['format', 'lint', 'types', 'unit', 'build', 'e2e'];
const root = fileURLToPath(new URL('..', import.meta.url));

/** @type {{ stage: string, seconds: number, outcome: string }[]} */
const results = [];
let failed = '';

makeSamples();
for (const stage of STAGES) {
  if (failed) {
    results.push({ stage, seconds: 0, outcome: 'not run' });
    continue;
  }
  console.log(`\n── ${stage} ${'─'.repeat(60 - stage.length)}`);
  const start = performance.now();
  const { status } = spawnSync('npm', ['run', '--silent', stage], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  const seconds = (performance.now() - start) / 1000;
  const outcome = status === 0 ? 'passed' : 'FAILED';
  if (status !== 0) failed = stage;
  results.push({ stage, seconds, outcome });
  console.log(`── ${stage} ${outcome} in ${seconds.toFixed(1)} s`);
}

console.log('\nstage     seconds  outcome');
for (const { stage, seconds, outcome } of results) {
  console.log(`${stage.padEnd(8)}  ${seconds.toFixed(1).padStart(7)}  ${outcome}`);
}
if (failed) {
  console.error(`\nThe stage "${failed}" failed. Run it again with: npm run ${failed}`);
  process.exitCode = 1;
}
