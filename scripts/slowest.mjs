// Which tests took longest, from the JSON reports of vitest and Playwright.

/** @typedef {{ what: string, seconds: number }} Timed */

/**
 * @param {Timed[]} all
 * @param {number} count
 */
const longest = (all, count) => all.toSorted((a, b) => b.seconds - a.seconds).slice(0, count);

/**
 * The unit test files that took longest, without the loading of their modules.
 *
 * @param {{ testResults: { name: string, startTime: number, endTime: number }[] }} report vitest's, times in milliseconds
 * @param {string} root what the paths are told without
 * @param {number} count
 * @returns {Timed[]}
 */
export function slowestFiles({ testResults }, root, count) {
  const all = testResults.map(({ name, startTime, endTime }) => ({
    what: name.startsWith(root) ? name.slice(root.length) : name,
    seconds: (endTime - startTime) / 1000,
  }));
  return longest(all, count);
}

/**
 * @typedef {object} Suite
 * @property {{ title: string, file: string, tests: { results: { duration: number }[] }[] }[]} [specs]
 * @property {Suite[]} [suites]
 */

/** @type {(suite: Suite) => Timed[]} */
const timesOf = ({ specs = [], suites: inner = [] }) => [
  ...specs.map(({ title, file, tests }) => ({
    what: `${file}: ${title}`,
    seconds: tests.flatMap(({ results }) => results).reduce((sum, one) => sum + one.duration, 0) / 1000,
  })),
  ...inner.flatMap(timesOf),
];

/**
 * The end-to-end tests that took longest, all their tries together.
 *
 * @param {{ suites: Suite[] }} report Playwright's, times in milliseconds
 * @param {number} count
 * @returns {Timed[]}
 */
export function slowestTests({ suites }, count) {
  return longest(suites.flatMap(timesOf), count);
}

/**
 * The time of all end-to-end tests, which is longer than the stage takes where some run at the same time.
 *
 * @param {{ suites: Suite[] }} report Playwright's, times in milliseconds
 */
export function secondsOfTests({ suites }) {
  return suites.flatMap(timesOf).reduce((sum, { seconds }) => sum + seconds, 0);
}
