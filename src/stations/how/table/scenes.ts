/** The scenes of the step-through of a table: which there are, and what is said of each. */
import type { WalkReport, WalkSamples } from '../../../contracts/walk.ts';
import { formatBit, formatCount, formatPercent, formatPlural, formatValue } from '../../../ui/format.ts';
import { bitsWithoutGain, lastPrefix, sizesBy } from '../searchSteps.ts';

export type TableScene =
  | { kind: 'values' | 'codes' | 'bits' | 'entropy' | 'chosen' | 'merge' | 'stored' | 'clusters' | 'means' }
  /** So many bits beyond the constant ones are in the base, and so many were where it is not one fewer. */
  | { kind: 'search'; added: number; before?: number }
  | { kind: 'analytics'; bits: number; before?: number };

/** Most scenes of the search, and of the analytics bits: of longer ones some are left out. */
const MOST_STEPS = 24;
const MOST_ANALYTICS = 12;

/** Ascending whole numbers from first to last, at most `most` of them, `kept` among them. */
function thinned(first: number, last: number, most: number, kept: readonly number[]): number[] {
  const all = Array.from({ length: last - first + 1 }, (_, k) => first + k);
  if (all.length <= most) return all;
  const some = new Set([first, last, ...kept]);
  // The first ones are looked at most; later ones are alike.
  const begin = Math.floor(most / 2);
  for (let k = 0; k < begin; k++) some.add(first + k);
  const left = most - begin;
  for (let k = 1; k < left; k++) some.add(Math.round(first + begin + (k * (last - first - begin)) / left));
  return [...some].sort((a, b) => a - b);
}

export function scenesOf({ search, clusters, recordBits }: WalkReport): TableScene[] {
  const scenes: TableScene[] = [{ kind: 'values' }, { kind: 'codes' }, { kind: 'bits' }];
  // Where nothing varies there is no bit to look at.
  if (recordBits === 0) return scenes;
  scenes.push({ kind: 'entropy' });
  if (search !== null) {
    const { chosen } = search;
    const last = lastPrefix(search);
    const steps = thinned(0, last, MOST_STEPS, [chosen, Math.min(last, chosen + 1)]);
    for (const [k, added] of steps.entries()) scenes.push({ kind: 'search', added, before: steps[k - 1] });
    scenes.push({ kind: 'chosen' }, { kind: 'merge' }, { kind: 'stored' });
  }
  if (clusters !== null) {
    const steps = thinned(0, clusters.beta, MOST_ANALYTICS, []);
    for (const [k, bits] of steps.entries()) scenes.push({ kind: 'analytics', bits, before: steps[k - 1] });
    scenes.push({ kind: 'clusters' }, { kind: 'means' });
  }
  return scenes;
}

/** The same for scenes that show the same: a scene is found again when the numbers have changed. */
export function sceneKey(scene: TableScene): string {
  if (scene.kind === 'search') return `search ${scene.added}`;
  return scene.kind === 'analytics' ? `analytics ${scene.bits}` : scene.kind;
}

/** Place of a scene among others: itself, else the last one of its kind that goes less far, else the nearest place. */
export function placeOf(scenes: readonly TableScene[], wanted: TableScene, place: number): number {
  const same = scenes.findIndex((scene) => sceneKey(scene) === sceneKey(wanted));
  if (same >= 0) return same;
  const alike = scenes.findLastIndex(
    (scene) => scene.kind === wanted.kind && distanceOf(scene) <= distanceOf(wanted),
  );
  return alike >= 0 ? alike : Math.min(place, scenes.length - 1);
}

function distanceOf(scene: TableScene): number {
  if (scene.kind === 'search') return scene.added;
  return scene.kind === 'analytics' ? scene.bits : 0;
}

export interface SceneWords {
  title: string;
  text: string[];
  /** What is to be seen, for who does not see it. */
  spoken: string;
}

/** "speed, bit 2 of 6": bits are counted from the top. */
export function bitWords({ rows }: WalkReport, cell: number): string {
  const row = rows.find(({ start, bits }) => cell >= start && cell < start + bits);
  return row === undefined ? '' : `${row.label}, ${formatBit(cell - row.start + 1, row.bits, true)}`;
}

/** The largest of them, and never less than 0; there may be more than a call takes arguments. */
function largest(values: Float64Array | Uint32Array): number {
  let most = 0;
  for (const value of values) if (value > most) most = value;
  return most;
}

const bitsIn = (count: number): string => formatPlural(count, 'bit');
const basesIn = (count: number): string =>
  count === 1 ? 'one base' : `${formatCount(count)} different bases`;

/** Most names that are read out. */
const MOST_NAMES = 30;

function namesOf(rows: WalkReport['rows']): string {
  const names = rows.slice(0, MOST_NAMES).map(({ label }) => label);
  const further = rows.length - names.length;
  return [...names, ...(further > 0 ? [`${formatCount(further)} more`] : [])].join(', ');
}

export function wordsOf(scene: TableScene, report: WalkReport): SceneWords {
  const { records, recordBits, rows, shown, search, clusters, ones, entropy } = report;
  const columns = new Set(rows.map(({ column }) => column)).size;
  const fixed = records * recordBits;
  const everyValue = rows
    .filter(({ kind }) => kind === 'stored')
    .map(({ label, mapping }) => `${label}: ${mapping}`)
    .slice(0, 6)
    .join('; ');
  switch (scene.kind) {
    case 'values':
      return {
        title: 'Records',
        text: [
          `${formatPlural(records, 'record')} of ${formatPlural(columns, 'column')}.`,
          ...shownWords(report),
          `As numbers of 64 bits they take ${bitsIn(records * columns * 64)}, whatever they say.`,
        ],
        spoken: `A table with the columns ${namesOf(rows)}.`,
      };
    case 'codes':
      return {
        title: 'Numbers become codes',
        text: [
          'Numbers are counted in whole steps from the smallest of their column, words are numbered, and what fits neither is kept as it is.',
          'Nothing is rounded: every value can be made again, digit for digit.',
        ],
        spoken: everyValue,
      };
    case 'bits':
      if (recordBits === 0)
        return {
          title: 'No bits are needed',
          text: [
            'Every column has one value throughout. It is noted once, and the records themselves take no bits: there is nothing to tell them apart, and nothing to learn.',
          ],
          spoken: everyValue,
        };
      return {
        title: 'Codes become bits',
        text: [
          `Each code is written with as many bits as its column needs, the top bit first: ${bitsIn(recordBits)} a record.`,
          `That alone makes ${bitsIn(fixed)} of ${formatCount(records * columns * 64)}.`,
        ],
        spoken: everyValue,
      };
    case 'entropy':
      return {
        title: 'What does each bit tell?',
        text: [
          'A bit that is nearly always the same tells little: its entropy is close to 0. One that is as good as a coin toss tells 1 bit.',
          `The bars show the entropy of every bit, counted over ${records === 1 ? 'the one record' : `all ${formatCount(records)} records`}.`,
        ],
        spoken: `${bitsIn(search?.constantBits ?? 0)} of ${formatCount(recordBits)} are constant. The largest entropy is ${formatValue(largest(entropy.subarray(0, recordBits)), 2)} bit.`,
      };
    case 'search':
      return searchWords(scene.added, scene.before ?? scene.added - 1, report);
    case 'chosen': {
      if (search === null) return { title: '', text: [], spoken: '' };
      const { stop, chosen, baseBits, baseCounts, tau } = search;
      const size = sizesBy(search);
      const why =
        stop === 'plateau'
          ? `${formatPlural(tau, 'bit')}${tau === 1 ? '' : ' in a row'} brought no gain, so the search stops: that is the plateau threshold τ.`
          : stop === 'all-distinct'
            ? 'Every record now has a base of its own, so the search stops.'
            : 'Every bit has been tried.';
      return {
        title: 'The smallest one is kept',
        text: [
          why,
          `The smallest size on the way was ${bitsIn(size[chosen])}, with ${bitsIn(baseBits[chosen])} in the base and ${basesIn(baseCounts[chosen])}.${chosen < lastPrefix(search) ? ' Bits added after that go back.' : ''}`,
        ],
        spoken: `${bitsIn(baseBits[chosen])} are in the base, ${bitsIn(recordBits - baseBits[chosen])} are deviation.`,
      };
    }
    case 'merge': {
      if (search === null) return { title: '', text: [], spoken: '' };
      const count = search.baseCounts[search.chosen];
      return {
        title: count === records ? 'No two bases are equal' : 'Equal bases become one',
        text: [
          count === records
            ? 'Every record has a base of its own: nothing is shared.'
            : count === 1
              ? `All ${formatCount(records)} records have the same base. It is stored once.`
              : `${formatPlural(records, 'record')}, but only ${basesIn(count)}. Each is stored once and gets a number: its base ID.`,
        ],
        spoken: `The most shared base shown stands for ${formatPlural(largest(search.shared), 'record')}.`,
      };
    }
    case 'stored':
      return storedWords(report);
    case 'analytics': {
      if (clusters === null) return { title: '', text: [], spoken: '' };
      const { counts, order, beta } = clusters;
      const m = formatPlural(counts[scene.bits], 'cluster');
      if (scene.bits === 0)
        return {
          title: 'Now to learn from it',
          text: [
            'The other end of the bits serves learning. The top bit of a column halves its range: the analytics bits are the top bits of all features, then the next ones. The target takes no part.',
            ...(rows.some(({ kind }) => kind === 'quantised')
              ? ['≈ is a copy of a column in 65,536 equal steps, made for this alone.']
              : []),
          ],
          spoken: 'No analytics bit yet: all records are one cluster.',
        };
      const cell = order[scene.bits - 1];
      const few = Math.min(ones[cell], records - ones[cell]);
      const isTop = scene.bits === 1;
      const { before = scene.bits - 1 } = scene;
      const isOne = scene.bits - before === 1;
      return {
        title: isOne
          ? `Analytics bit ${scene.bits} of β = ${beta}`
          : `Analytics bits ${before + 1} to ${scene.bits} of β = ${beta}`,
        text: [
          `${isOne ? '' : 'The last of them: '}${bitWords(report, cell)}. ${isTop ? 'Records that agree on all analytics bits form a cluster' : 'Each cluster splits where its records differ in it'}: ${m} now.`,
          ...(few * 1000 < records ? [`It differs in only ${formatPlural(few, 'record')}.`] : []),
        ],
        spoken: `${m} after ${bitsIn(scene.bits)}.`,
      };
    }
    case 'clusters':
      return {
        title: 'Records gather in clusters',
        text: [
          'Every record as a dot, feature against target. Records of one cluster lie close together in every feature, for they agree on its top bits.',
        ],
        spoken: `${formatPlural(shown.length, 'record')} in ${formatPlural(clusters?.samples.weights.length ?? 0, 'cluster')}.`,
      };
    case 'means': {
      const { m, used } =
        clusters === null ? { m: 0, used: 0 } : { m: clusters.counts[clusters.beta], used: clusters.used };
      return {
        title: 'A cluster becomes one sample',
        text: [
          'Its values are the means of its records, its weight is how many they are: a condensed sample. The area of a circle is the weight.',
          `A model learns from ${formatPlural(m, 'weighted sample')} instead of ${formatPlural(used, 'record')}.${used < records ? ` The other ${formatCount(records - used)} have cells that are missing or infinite.` : ''}`,
        ],
        spoken: samplesInWords(report),
      };
    }
  }
}

/** Which records are shown, where there are more. */
function shownWords({ shown, shownBy }: WalkReport): string[] {
  if (shownBy === null) return [];
  const { sharing, pairs } = shownBy;
  if (sharing + pairs === 0) return [`Shown are ${formatCount(shown.length)} of them, drawn at random.`];
  const drawn = shown.length - sharing - 2 * pairs;
  const parts = [
    ...(sharing > 0 ? [`${formatCount(sharing)} that will share a base`] : []),
    ...(pairs > 0 ? [`${formatPlural(pairs, 'pair')} that are much alike`] : []),
    ...(drawn > 0 ? [`${formatCount(drawn)} drawn at random`] : []),
  ];
  return [`Shown are ${formatCount(shown.length)} of them: ${parts.join(', ')}.`];
}

/** Columns of the samples that are drawn: the strongest feature across, the target upwards. */
export function axesOf({ names, targets, strongest }: WalkSamples): { x: number; y: number } {
  return { x: strongest, y: names.length - targets };
}

/** @param before bits that were in the base in the scene before */
function searchWords(added: number, before: number, report: WalkReport): SceneWords {
  const { search, records, ones, entropy } = report;
  if (search === null) return { title: '', text: [], spoken: '' };
  const { baseCounts, tau, constantBits: constant } = search;
  const size = sizesBy(search);
  if (added === 0)
    return {
      title: constant === 0 ? 'The base is empty at first' : 'Constant bits go first',
      text: [
        constant === 0
          ? 'No bit is the same in all records.'
          : `${bitsIn(constant)} ${constant === 1 ? 'is' : 'are'} the same in all records. They begin the base, which is stored apart from the records.`,
        'Now bits join it one by one, from the lowest entropy up. What does the archive take then?',
      ],
      spoken: `Size: ${bitsIn(size[0])}.`,
    };
  const cell = search.added[added - 1];
  const change = size[added] - size[before];
  const isOne = added - before === 1;
  const fails = bitsWithoutGain(search, added);
  const verdict =
    fails === 0
      ? 'The smallest so far.'
      : fails >= tau
        ? `No gain ${formatPlural(fails, 'time')} in a row: the search stops.`
        : `No gain: ${formatCount(fails)} of ${formatCount(tau)} in a row before the search stops.`;
  return {
    title: isOne ? `Bit ${added} joins the base` : `Bits ${before + 1} to ${added} join the base`,
    text: [
      `${isOne ? '' : 'The last of them: '}${bitWords(report, cell)}, is set in ${formatCount(ones[cell])} of ${formatPlural(records, 'record')}. Its entropy, ${formatValue(entropy[cell], 2)}, is the lowest of those left.`,
      `${basesIn(baseCounts[added])}; the archive takes ${bitsIn(size[added])}, ${change === 0 ? 'as before' : `${formatCount(Math.abs(change))} ${change < 0 ? 'fewer' : 'more'}`}. ${verdict}`,
    ],
    spoken: '',
  };
}

function storedWords(report: WalkReport): SceneWords {
  const { search, records, recordBits } = report;
  if (search === null) return { title: '', text: [], spoken: '' };
  const { chosen, baseCounts, baseBits, trueBits } = search;
  const count = baseCounts[chosen];
  const tableBits = baseBits[chosen] - search.constantBits;
  const deviation = recordBits - baseBits[chosen];
  const idBits = search.idBits[chosen];
  return {
    title: 'What the archive holds',
    text: [
      count === 1
        ? `One base for all, so that no record needs an ID, and for every record its deviation: the ${bitsIn(deviation)} that are not in the base.`
        : `A table of ${formatCount(count)} bases, and for every record its ID (${bitsIn(idBits)}) and its deviation: the ${bitsIn(deviation)} that are in no base.`,
      `${formatCount(count)} × ${formatCount(tableBits)} + ${formatCount(records)} × (${formatCount(idBits)} + ${formatCount(deviation)}) = ${bitsIn(trueBits[chosen])}, ${formatPercent(trueBits[chosen] / (records * recordBits))} of the bits before. Any record can be read alone: its ID, its deviation, one base.`,
    ],
    spoken: '',
  };
}

/** Most columns of a sample that are told. */
const MOST_TOLD = 3;

/** Columns of the samples that are told: all where they are few, else the two that are drawn. */
export function toldColumns(samples: WalkSamples): number[] {
  const { x, y } = axesOf(samples);
  return samples.names.length <= MOST_TOLD ? samples.names.map((_, column) => column) : [x, y];
}

function samplesInWords({ clusters }: WalkReport): string {
  if (clusters === null) return '';
  const { names, means, weights } = clusters.samples;
  const told = toldColumns(clusters.samples);
  return Array.from(weights, (weight, k) =>
    [
      `weight ${formatCount(weight)}`,
      ...told.map((column) => `${names[column]} ${formatValue(means[column][k])}`),
    ].join(', '),
  ).join('; ');
}
