// npm test: every check, up to the first that fails. What reads the sources alone runs first, side by side: linting, which
// checks types too, the format and the build beside the unit tests. At the end it says where the time went.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { makeSamples } from './samples.mjs';
import { secondsOfTests, slowestFiles, slowestTests } from './slowest.mjs';

/** Steps in turn. The lanes of a step run at the same time, the checks of a lane one after the other. */
const STEPS = [
  [
    ['lint', 'format', 'build'],
    ['unit'],
    // Waits for the network alone.
    ['browser'],
  ],
  [['e2e']],
];
const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * What stages are asked for besides, so that they report every test's time.
 *
 * @type {Record<string, string[]>}
 */
const REPORTING = {
  unit: ['--reporter=default', '--reporter=json', '--outputFile.json=.cache/unit.json'],
  e2e: ['--reporter=list,json'],
};
const REPORTS = { unit: `${root}.cache/unit.json`, e2e: `${root}.cache/e2e.json` };

/** @typedef {{ stage: string, seconds: number, outcome: string }} Result */

/**
 * @param {string} stage
 * @param {boolean} isAlone whether it may write as it goes; else what it said is written when it has ended
 * @returns {Promise<Result>}
 */
function run(stage, isAlone) {
  const start = performance.now();
  if (isAlone) console.log(`\n── ${stage} ${'─'.repeat(60 - stage.length)}`);
  const child = spawn('npm', ['run', '--silent', stage, '--', ...(REPORTING[stage] ?? [])], {
    cwd: root,
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: REPORTS.e2e },
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

/**
 * @param {string} title
 * @param {import('./slowest.mjs').Timed[]} slowest
 */
function printSlowest(title, slowest) {
  if (slowest.length === 0) return;
  console.log(`\n${title}`);
  for (const { what, seconds } of slowest) console.log(`${seconds.toFixed(1).padStart(7)}  ${what}`);
}

/**
 * @template Report
 * @param {string} path of a report, which a stage that did not run leaves out
 * @param {Report} none
 * @returns {Report}
 */
const readReport = (path, none) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : none);

mkdirSync(`${root}.cache`, { recursive: true });
for (const path of Object.values(REPORTS)) rmSync(path, { force: true });

/** @type {Result[]} */
const results = [];
makeSamples();
/**
 * Runs checks one after the other, up to the first that fails.
 *
 * @param {readonly string[]} lane
 * @param {boolean} isAlone
 */
async function runLane(lane, isAlone) {
  /** @type {Result[]} */
  const ran = [];
  for (const stage of lane) {
    const isLost = ran.some(({ outcome }) => outcome !== 'passed');
    ran.push(isLost ? notRun(stage) : await run(stage, isAlone));
  }
  return ran;
}

/**
 * @param {string} stage
 * @returns {Result}
 */
const notRun = (stage) => ({ stage, seconds: 0, outcome: 'not run' });

for (const lanes of STEPS) {
  const isLost = results.some(({ outcome }) => outcome !== 'passed');
  const ran = isLost
    ? lanes.flat().map(notRun)
    : (await Promise.all(lanes.map((lane) => runLane(lane, lanes.length === 1)))).flat();
  results.push(...ran);
}

const unitReport = readReport(REPORTS.unit, { testResults: [] });
printSlowest('slowest unit files, in seconds', slowestFiles(unitReport, root, 5));
const e2eReport = readReport(REPORTS.e2e, { suites: [] });
const allSeconds = secondsOfTests(e2eReport).toFixed(0);
printSlowest(`slowest of ${allSeconds} s of end-to-end tests, two at a time`, slowestTests(e2eReport, 10));

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
