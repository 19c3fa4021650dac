import { expect, it } from 'vitest';
import { landscapeOf } from '../../testing/landscapes.ts';
import { captionOf, endWords, pathLines, remarksOf, summaryOf } from './words.ts';

const drawn = landscapeOf({ batch: 32, isWhole: true });
const plain = (text: string) => text.replace(/\u202f/g, ' ');

it('says the picture in words', () => {
  const summary = plain(summaryOf(drawn));
  expect(summary).toContain('coefficient of “a” to the right, coefficient of “b” upwards');
  expect(summary).toContain(
    'The optimum of full training is at 1 and 2; that of the condensed samples is at 1.1 and 1.9',
  );
  expect(summary).toContain('where the loss over all records is 2.00 % higher');
  expect(summary).toContain('All records: 100 steps, 8,000 samples touched, at its limit.');
  expect(summary).toContain('Mini-batches of 32: 100 steps, 3,200 samples touched');
  expect(captionOf(drawn)).toContain('half the mean squared error of all 80 training records');
});

it('says what has to be known to read it', () => {
  expect(remarksOf(drawn)).toHaveLength(1);
  expect(remarksOf(drawn)[0]).toContain('hold the third coefficient at the optimum');
  // The whole of a model of two coefficients is seen.
  expect(remarksOf({ ...drawn, width: 2 })).toEqual([]);
  const [full, ...others] = drawn.paths;
  const odd = remarksOf({
    ...drawn,
    axes: { kind: 'principal', of: 'condensed', share: 0.987 },
    surface: { ...drawn.surface, records: 50 },
    optima: {
      full: { ...drawn.optima.full, ridge: 0.1 },
      condensed: { ...drawn.optima.condensed, converged: false },
    },
    paths: [
      { ...full, stop: 'diverged', a: Float64Array.of(0, 1e9, Infinity) },
      { ...others[0], a: Float64Array.of(0, -7, 1) },
      others[1],
    ],
  }).map(plain);
  expect(odd).toEqual([
    expect.stringMatching(/descent on condensed samples .* 98\.7 % of its path/),
    expect.stringContaining('a draw of 50 records'),
    expect.stringContaining('optimum of the condensed samples was not reached'),
    expect.stringContaining('Some columns follow from others'),
    expect.stringContaining('All records: the descent diverges at a learning rate of 0.1'),
    expect.stringContaining('Condensed samples: the path leaves the picture'),
  ]);
});

it('says how each descent ended', () => {
  const [stopped] = landscapeOf({ batch: 32, isWhole: false }).paths;
  expect(endWords(stopped)).toBe('stopped at step 10');
  expect(endWords({ ...stopped, secondsLeft: null })).toBe('running');
  expect(endWords({ ...stopped, stop: 'converged' })).toBe('converged');
});

it('saves the points of all paths', () => {
  const [header, ...lines] = pathLines(drawn);
  expect(header).toEqual(['descent', 'step', 'samples_touched', 'a', 'b']);
  expect(lines).toHaveLength(9);
  expect(lines[1]).toEqual(['All records', 10, 800, 0.5, 1]);
  expect(pathLines(null)).toHaveLength(1);
});
