import { readFileSync } from 'node:fs';
import { deflateSync, strToU8 } from 'fflate';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../core/testing/anyText.ts';
import { DEFAULT_SETTINGS, type ExperimentSettings, type ReadingOptions } from './codec.ts';
import { NETWORKS } from './networks.ts';
import { CODEC_METAS, REPRESENTATION_METAS, TRANSFORM_METAS } from './plugins.ts';
import { DEFAULT_IMAGE_SETTINGS } from './images.ts';
import { METHOD_METAS } from './methods.ts';
import { IMAGE_SETTINGS, TABLE_SETTINGS, TRAINING_SETTINGS } from './settings.ts';
import { BACKEND_NAMES } from './training.ts';
import { deflateText } from './link/packing.ts';
import {
  axisDomain,
  emptyExperiment,
  OWN_LESSON,
  readLink,
  PAGE_NAMES,
  PLAIN_VIEW,
  SWEEP_AXES,
  SWEEP_LIMITS,
  tidyAxis,
  TRAINING_GRID_LIMITS,
  writeLink,
  type AxisValue,
  type LinkedExperiment,
  type LinkedView,
  type SweepAxis,
  type SweepAxisName,
} from './link.ts';

const name = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 24 }),
  fc.constantFrom('price', '__proto__', 'constructor', 'a,b', '100%', 'a%2Cb', 'x&y=z', 'naïve +1', '-', ' '),
);

const range = (setting: { min: number; max: number }) => ({ min: setting.min, max: setting.max });
type TableAmount = 'split' | 'testFraction' | 'tau' | 'beta' | 'learningRate' | 'iterations' | 'seed';
const whole = (field: TableAmount) => fc.integer(range(TABLE_SETTINGS.of(field)));
const real = (field: TableAmount) => fc.double({ ...range(TABLE_SETTINGS.of(field)), noNaN: true });

const settings: fc.Arbitrary<ExperimentSettings> = fc.record({
  target: fc.option(name, { nil: null }),
  features: fc.option(fc.array(name, { maxLength: 60 }), { nil: null }),
  weight: fc.option(name, { nil: null }),
  drop: fc.array(name, { maxLength: 10 }),
  split: whole('split'),
  testFraction: real('testFraction'),
  codec: fc.constantFrom(...CODEC_METAS.names),
  ratio: fc.boolean(),
  tau: whole('tau'),
  objective: fc.constantFrom('true', 'equation1'),
  condenser: fc.constantFrom('own', 'clusters', 'bases-zero', 'bases-mean'),
  beta: whole('beta'),
  order: fc.constantFrom('layered', 'pool', 'descending', 'ascending', 'random'),
  code: fc.constantFrom('mixed', 'linear'),
  targetInClusters: fc.boolean(),
  samples: fc.constantFrom('on-demand', 'stored'),
  missing: fc.constantFrom('leave-out', 'fill'),
  model: fc.constantFrom('auto', 'linear', 'logistic'),
  learningRate: fc.oneof(real('learningRate'), fc.constant('auto' as const)),
  iterations: whole('iterations'),
  seed: whole('seed'),
});

const hex = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 });

/** Any axis, with as many values as its place allows. */
function axis(axisName: SweepAxisName, most: number): fc.Arbitrary<SweepAxis> {
  const domain = axisDomain(axisName);
  const value: fc.Arbitrary<AxisValue> =
    domain.kind === 'choice'
      ? fc.constantFrom(...domain.choices)
      : domain.whole
        ? fc.integer({ min: domain.min, max: domain.max })
        : fc.double({ min: domain.min, max: domain.max, noNaN: true });
  return fc
    .uniqueArray(value, { minLength: 1, maxLength: most })
    .map((values) => tidyAxis({ name: axisName, values }, most));
}

const axes: fc.Arbitrary<SweepAxis[]> = fc
  .shuffledSubarray([...SWEEP_AXES], { minLength: 1, maxLength: 2 })
  .chain((names) =>
    fc.tuple(...names.map((one, k) => axis(one, k === 0 ? SWEEP_LIMITS.values : SWEEP_LIMITS.series))),
  );

const reading: fc.Arbitrary<ReadingOptions> = fc.record(
  {
    delimiter: fc.constantFrom(',', ';', '\t', '|', '::'),
    header: fc.boolean(),
    decimal: fc.constantFrom('.', ','),
    encoding: fc.constantFrom('utf-8', 'utf-16le', 'utf-16be', 'windows-1252'),
    missing: fc.array(name, { minLength: 1, maxLength: 32 }),
    types: fc.uniqueArray(
      fc.record({
        column: fc.oneof(name, fc.constantFrom('a:b', ':', 'when:time')),
        type: fc.constantFrom('number', 'text', 'time'),
      }),
      { minLength: 1, maxLength: 40, selector: ({ column }) => column },
    ),
    emptyRecords: fc.constant('kept'),
  },
  { requiredKeys: [] },
);

type TrainingAmount =
  | 'fraction'
  | 'epochs'
  | 'batch'
  | 'rate'
  | 'momentum'
  | 'weightDecay'
  | 'seed'
  | 'evaluateEvery';
const trainingReal = (field: TrainingAmount) =>
  fc.double({ ...range(TRAINING_SETTINGS.of(field)), noNaN: true }).map((value) => value + 0);
const trainingWhole = (field: TrainingAmount) => fc.integer(range(TRAINING_SETTINGS.of(field)));

const training: fc.Arbitrary<LinkedExperiment['images']['training']> = fc.record(
  {
    network: fc.constantFrom(...NETWORKS.names),
    width: fc.constantFrom(8, 16, 32, 64),
    method: fc.constantFrom(...METHOD_METAS.names),
    sampling: fc.constantFrom('uniform', 'stratified'),
    epochs: trainingWhole('epochs'),
    batch: trainingWhole('batch'),
    rate: trainingReal('rate'),
    decay: fc.constantFrom('cosine', 'none'),
    momentum: trainingReal('momentum'),
    nesterov: fc.boolean(),
    weightDecay: trainingReal('weightDecay'),
    augment: fc.constantFrom('none', 'crop-flip'),
    seed: trainingWhole('seed'),
    evaluateEvery: trainingWhole('evaluateEvery'),
    prefetch: fc.boolean(),
  },
  { requiredKeys: [] },
);

const grid: fc.Arbitrary<LinkedExperiment['images']['grid']> = fc.record(
  {
    fractions: fc
      .uniqueArray(trainingReal('fraction'), { minLength: 1, maxLength: TRAINING_GRID_LIMITS.fractions })
      .map((list) => list.sort((a, b) => a - b)),
    methods: fc.subarray(METHOD_METAS.names, { minLength: 1 }),
    seeds: fc
      .uniqueArray(trainingWhole('seed'), { minLength: 1, maxLength: TRAINING_GRID_LIMITS.seeds })
      .map((list) => list.sort((a, b) => a - b)),
  },
  { requiredKeys: [] },
);

const experiment: fc.Arbitrary<LinkedExperiment> = fc.record({
  data: fc.oneof(
    fc.constant(null),
    fc.record({ kind: fc.constant('sample' as const), id: fc.constantFrom('diamonds', 'bank-full', 'a1') }),
    fc.record({ kind: fc.constant('dataset' as const), datasetId: hex, fileName: name }),
  ),
  reading,
  settings,
  sweep: fc.record({
    axes,
    splits: fc
      .uniqueArray(fc.integer({ min: 0, max: 4_294_967_295 }), {
        minLength: 1,
        maxLength: SWEEP_LIMITS.splits,
      })
      .map((list) => list.sort((a, b) => a - b)),
  }),
  images: fc.record({
    settings: fc.record({
      transform: fc.constantFrom(...TRANSFORM_METAS.names),
      representation: fc.constantFrom(...REPRESENTATION_METAS.names),
      classWise: fc.boolean(),
      blockBytes: fc.constantFrom(
        ...(IMAGE_SETTINGS.of('blockBytes').offered ?? []).map(({ value }) => value),
      ),
    }),
    reading: fc.record(
      {
        size: fc.record({
          width: fc.integer({ min: 1, max: 4096 }),
          height: fc.integer({ min: 1, max: 4096 }),
        }),
        rule: fc.constantFrom('only', 'resize', 'crop'),
        colour: fc.constantFrom('grey', 'rgb'),
        split: fc.constantFrom('given', 'made'),
        classesFrom: fc.constantFrom('labels', 'top-folders', 'last-folders'),
        labels: name,
        labelColumn: name,
        depth: fc.constantFrom('high', 'stretch'),
      },
      { requiredKeys: [] },
    ),
    fraction: fc.option(trainingReal('fraction'), { nil: null }),
    training,
    backend: fc.constantFrom(null, 'auto', ...BACKEND_NAMES),
    grid,
    sweep: fc.record(
      {
        transforms: fc.subarray([...TRANSFORM_METAS.names], { minLength: 1 }),
        representations: fc.subarray([...REPRESENTATION_METAS.names], { minLength: 1 }),
        taus: fc
          .uniqueArray(whole('tau'), { minLength: 1, maxLength: SWEEP_LIMITS.values })
          .map((list) => list.sort((a, b) => a - b)),
        classWise: fc.constantFrom([true], [false], [true, false]),
        limit: fc.integer({ min: 1, max: 1_000_000 }),
      },
      { requiredKeys: [] },
    ),
  }),
  station: fc.option(fc.constantFrom(...PAGE_NAMES), { nil: null }),
  paperTable: fc.option(fc.integer({ min: 2, max: 6 }), { nil: undefined }),
  view: fc
    .record({
      embed: fc.boolean(),
      present: fc.boolean(),
      figure: fc.constantFrom(null, 'bits', 'test-error'),
      hide: fc.subarray([...PAGE_NAMES]),
      hideControls: fc.subarray(['beta', 'tau', 'condenser']),
      lock: fc.subarray(['beta', 'tau', 'condenser']),
      theme: fc.constantFrom(null, 'light' as const, 'dark' as const),
      autoplay: fc.boolean(),
      lesson: fc.constantFrom(
        { lesson: null, lessonFile: null },
        { lesson: { id: 'what-beta-does', step: 1 }, lessonFile: null },
        { lesson: { id: OWN_LESSON, step: 24 }, lessonFile: deflateText('{"version":1}') },
      ),
    })
    .map(({ lesson, ...others }): LinkedView => ({ ...others, ...lesson })),
  app: fc.constantFrom(null, '0.1.0', '1.2.3-beta.4'),
});

/** What a link leaves out of the settings of pictures. */
const { representation, classWise, blockBytes } = DEFAULT_IMAGE_SETTINGS;
const usualImages = { representation, classWise, blockBytes };

const SHA = 'a'.repeat(64);

describe('link', () => {
  it('gives back every experiment that it wrote', () => {
    fc.assert(
      fc.property(experiment, (original) => {
        const { experiment: read, problems } = readLink(`#${writeLink(original)}`);
        expect(problems).toEqual([]);
        expect({ ...DEFAULT_SETTINGS, ...read.settings }).toEqual(original.settings);
        expect(read.sweep).toEqual(original.sweep);
        expect(read.reading).toEqual(original.reading);
        expect({ ...usualImages, ...read.images.settings }).toEqual(original.images.settings);
        expect(read.images.reading).toEqual(original.images.reading);
        expect(read.images.fraction).toBe(original.images.fraction);
        expect(read.images.training).toEqual(original.images.training);
        expect(read.images.backend).toBe(original.images.backend);
        expect(read.images.grid).toEqual(original.images.grid);
        expect(read.images.sweep).toEqual(original.images.sweep);
        expect(read.data).toEqual(original.data);
        expect(read.station ?? 'data').toBe(original.station ?? 'data');
        expect(read.view).toEqual(original.view);
        expect(read.app).toBe(original.app);
      }),
      { numRuns: 500 },
    );
  });

  it('says of links of the first version what it said then', () => {
    const kept = JSON.parse(readFileSync(new URL('./fixtures/links-1.json', import.meta.url), 'utf8')) as {
      hash: string;
      /** As it was kept when these two were all that a link said of the view. */
      experiment: Omit<LinkedExperiment, 'view'> & Pick<LinkedView, 'hide' | 'embed'>;
    }[];
    expect(kept.length).toBeGreaterThan(10);
    for (const { hash, experiment: said } of kept) {
      const { hide, embed, ...others } = said;
      const view = { ...PLAIN_VIEW, hide, embed };
      expect(readLink(hash)).toEqual({ experiment: { ...others, view }, problems: [] });
    }
  });

  it('never throws on 2,000 random and mutated hashes', () => {
    const keys = fc.constantFrom(
      'v',
      'data',
      'file',
      'target',
      'beta',
      'features',
      'betas',
      'sweep',
      'splits',
      'na',
      'types',
      'header',
      'z',
      'hide',
      'net-width',
      'train-fractions',
      'train-seeds',
    );
    const pairs = fc.array(fc.tuple(fc.oneof(keys, fc.string()), anyText()), {
      maxLength: 8,
    });
    const random = pairs.map((list) => list.map(([key, value]) => `${key}=${value}`).join('&'));
    const mutated = fc
      .tuple(experiment, fc.array(fc.tuple(fc.nat(), anyText(3)), { maxLength: 5 }))
      .map(([original, edits]) => {
        let text = writeLink(original);
        for (const [where, put] of edits) {
          const at = where % (text.length + 1);
          text = text.slice(0, at) + put + text.slice(at + (where % 3));
        }
        return text;
      });
    const prototypeKeys = Reflect.ownKeys(Object.prototype);
    let runs = 0;
    fc.assert(
      fc.property(fc.oneof(random, mutated), (hash) => {
        runs++;
        const { experiment: read } = readLink(hash);
        TABLE_SETTINGS.check({ ...DEFAULT_SETTINGS, ...read.settings });
        TRAINING_SETTINGS.check({ ...TRAINING_SETTINGS.defaults, ...read.images.training });
        // What was accepted can be written and read again without a complaint.
        expect(readLink(writeLink(read)).problems).toEqual([]);
      }),
      {
        numRuns: 2_000,
        examples: [
          ['__proto__=1&sweep=__proto__:1;constructor:2&types=__proto__:text&na=__proto__'],
          ['sweep=beta:1..9;beta:1&splits=1&sweep=codec:entrogede'],
          [`sweep=${'beta:1;'.repeat(2_000)}`],
          [`sweep=rate:${'0.1,'.repeat(3_000)}1`],
          [`sweep=${'9'.repeat(16_000)}`],
          [`types=${':'.repeat(16_000)}`],
          [`na=${'%25'.repeat(5_000)}`],
          [`train-fractions=${'0.1,'.repeat(4_000)}1&train-seeds=0..99999999999&net-width=__proto__`],
          ['network=constructor&train-methods=__proto__,full&backend=toString&batch=1e3'],
        ],
      },
    );
    expect(runs).toBeGreaterThanOrEqual(2_000);
    expect(Reflect.ownKeys(Object.prototype)).toEqual(prototypeKeys);
    expect(Object.getPrototypeOf(emptyExperiment().settings)).toBe(Object.prototype);
  }, 120_000);

  it('is readable: defaults are left out, names and lists stand as they are', () => {
    const link = writeLink({
      ...emptyExperiment(),
      data: { kind: 'sample', id: 'diamonds' },
      settings: { ...DEFAULT_SETTINGS, target: 'price', beta: 12, features: ['carat', 'table'] },
      sweep: { axes: [{ name: 'beta', values: [8, 9, 10, 11, 12, 16, 20] }], splits: [1, 2] },
      station: 'bits',
    });
    expect(link).toBe(
      'v=1&data=diamonds&target=price&beta=12&rate=0.001&station=bits&features=carat,table&sweep=beta:8..12,16,20&splits=1,2',
    );
  });

  it('puts long lists into one deflated value', () => {
    const features = Array.from({ length: 80 }, (_, index) => `feature number ${index}`);
    const link = writeLink({ ...emptyExperiment(), settings: { features } });
    expect(link).toMatch(/^v=1&z=[\w-]+$/);
    expect(link.length).toBeLessThan(500);
    expect(readLink(link).experiment.settings.features).toEqual(features);
  });

  it('refuses what is out of range by key, value and range, and keeps the rest', () => {
    const { experiment: read, problems } = readLink('#v=1&beta=99999&tau=128&order=best&split=one');
    expect(read.settings).toEqual({ tau: 128 });
    expect(problems.map(({ code }) => code)).toEqual([
      'LINK_OUT_OF_RANGE',
      'LINK_OUT_OF_RANGE',
      'LINK_MALFORMED',
    ]);
    expect(problems[0].what).toContain('beta');
    expect(problems[0].what).toContain('99999');
    expect(problems[0].what).toContain('from 1 to 4096');
  });

  it('ignores unknown keys with a remark, prototype names among them', () => {
    const { experiment: read, problems } = readLink('#__proto__=1&constructor=2&flavour=red&beta=7');
    expect(read.settings).toEqual({ beta: 7 });
    expect(problems).toHaveLength(3);
    expect(problems.every(({ code }) => code === null)).toBe(true);
    expect(Object.getPrototypeOf(read.settings)).toBe(Object.prototype);
  });

  it('names a dataset by its hash and file, in either order', () => {
    const data = { kind: 'dataset', datasetId: SHA, fileName: 'my table.csv' };
    expect(readLink(`#data=sha256-${SHA}&file=my+table.csv`).experiment.data).toEqual(data);
    expect(readLink(`#file=my%20table.csv&data=sha256-${SHA}`).experiment.data).toEqual(data);
    expect(readLink('#file=alone.csv').experiment.data).toBeNull();
    expect(readLink('#data=sha256-short').problems[0].code).toBe('LINK_MALFORMED');
  });

  it('says once what it hides or fixes that is no control', () => {
    const { experiment: read, problems } = readLink(
      '#hide=bits,beta,nonsense&lock=tau,fraction,nonsense,colour',
    );
    expect(read.view).toMatchObject({
      hide: ['bits'],
      hideControls: ['beta'],
      lock: ['tau', 'fraction'],
    });
    expect(problems.map(({ code }) => code)).toEqual([null]);
    expect(problems[0].what).toContain('“nonsense”, “colour”, which');
  });

  it('keeps the first of two values', () => {
    const { experiment: read, problems } = readLink('#beta=9&beta=10');
    expect(read.settings.beta).toBe(9);
    expect(problems[0].code).toBe('LINK_MALFORMED');
  });

  it('caps the link before and after inflating', () => {
    expect(readLink(`#beta=7&x=${'a'.repeat(20_000)}`).problems[0].code).toBe('LINK_MALFORMED');
    const bomb = Buffer.from(deflateSync(strToU8(`features=${'a'.repeat(5_000_000)}`))).toString('base64url');
    expect(bomb.length).toBeLessThan(16_000);
    const { experiment: read, problems } = readLink(`#beta=7&z=${bomb}`);
    expect(problems[0].code).toBe('LINK_MALFORMED');
    expect(read.settings).toEqual({ beta: 7 });
  });

  it('reads a link of a newer format as far as it can', () => {
    const { experiment: read, problems } = readLink('#v=2&beta=7');
    expect(read.settings.beta).toBe(7);
    expect(problems).toHaveLength(1);
    expect(problems[0].code).toBeNull();
  });

  it('spells two axes and the reading of a file so that people can edit them', () => {
    const link = writeLink({
      ...emptyExperiment(),
      reading: {
        delimiter: ';',
        header: false,
        decimal: ',',
        encoding: 'windows-1252',
        missing: ['-200', '?'],
        types: [
          { column: 'zip', type: 'text' },
          { column: 'a:b', type: 'time' },
        ],
      },
      sweep: {
        axes: [
          { name: 'learningRate', values: [0.001, 0.01] },
          { name: 'ratio', values: [true, false] },
        ],
      },
    });
    expect(link).toBe(
      'v=1&delimiter=semicolon&header=0&decimal=comma&encoding=windows-1252&na=-200,%3F&types=zip:text,a:b:time&sweep=rate:0.001,0.01;ratio:1,0',
    );
  });

  it('spells training so that people can edit it, and refuses what is outside', () => {
    const before = emptyExperiment();
    const link = writeLink({
      ...before,
      images: {
        ...before.images,
        fraction: 0.05,
        training: {
          network: 'resnet18',
          width: 16,
          method: 'random-fixed',
          rate: 0.1,
          nesterov: false,
          seed: 7,
        },
        backend: 'wasm',
        grid: { fractions: [0.01, 0.5], methods: ['full', 'dreamlearning'], seeds: [1, 2, 3] },
      },
    });
    expect(link).toBe(
      'v=1&fraction=0.05&network=resnet18&net-width=16&subset=random-fixed&net-rate=0.1&nesterov=0&net-seed=7&backend=wasm&train-methods=full,dreamlearning&train-fractions=0.01,0.5&train-seeds=1..3',
    );
    const codes = (hash: string) => readLink(hash).problems.map(({ code }) => code);
    const outside = '#epochs=0&batch=5000&net-rate=11&net-momentum=1&net-width=9&train-fractions=0.1,2';
    expect(codes(outside)).toEqual(Array<string>(6).fill('LINK_OUT_OF_RANGE'));
    expect(readLink(outside).experiment.images).toEqual(before.images);
    expect(codes('#epochs=2.5&train-fractions=a&nesterov=yes&train-seeds=-1')).toContain('LINK_MALFORMED');
    expect(readLink('#train-fractions=0.5,0.1,0.5').experiment.images.grid.fractions).toEqual([0.1, 0.5]);
  });

  it('reads the sweeps of old links', () => {
    const { sweep } = readLink('#betas=3..5&splits=1..5').experiment;
    expect(sweep).toEqual({ axes: [{ name: 'beta', values: [3, 4, 5] }], splits: [1, 2, 3, 4, 5] });
    for (const both of ['#betas=3..5&sweep=tau:16,64', '#sweep=tau:16,64&betas=3..5']) {
      expect(readLink(both).experiment.sweep.axes).toEqual([{ name: 'tau', values: [16, 64] }]);
    }
  });

  it('refuses a sweep that is too long, backwards, unknown or over one axis twice', () => {
    const codeOf = (hash: string) => readLink(hash).problems[0]?.code;
    expect(codeOf('#betas=1..1000')).toBe('LINK_OUT_OF_RANGE');
    expect(codeOf('#betas=20..8')).toBe('LINK_OUT_OF_RANGE');
    expect(codeOf('#betas=0..5')).toBe('LINK_OUT_OF_RANGE');
    expect(codeOf('#sweep=beta:1..1000')).toBe('LINK_OUT_OF_RANGE');
    expect(codeOf('#sweep=codec:entrogede;beta:1..9')).toBe('LINK_OUT_OF_RANGE');
    expect(codeOf('#sweep=rate:0.01,2')).toBe('LINK_OUT_OF_RANGE');
    expect(codeOf('#sweep=codec:zip')).toBe('LINK_OUT_OF_RANGE');
    expect(codeOf('#sweep=colour:1')).toBe('LINK_MALFORMED');
    expect(codeOf('#sweep=beta:1;beta:2')).toBe('LINK_MALFORMED');
    expect(codeOf('#sweep=beta:1;tau:2;split:3')).toBe('LINK_MALFORMED');
    expect(codeOf('#sweep=beta:')).toBe('LINK_MALFORMED');
    expect(codeOf('#types=zip')).toBe('LINK_MALFORMED');
    expect(codeOf('#types=zip:colour')).toBe('LINK_MALFORMED');
    expect(codeOf('#sweep=codec:greedygd;beta:1..8')).toBeUndefined();
  });

  it('carries a lesson within its limits, and no step without one', () => {
    const view = (hash: string) => readLink(hash).experiment.view;
    expect(view('step=3&lesson=what-beta-does').lesson).toEqual({ id: 'what-beta-does', step: 3 });
    expect(view('step=3').lesson).toBeNull();
    const packed = deflateText('{"steps":[]}');
    expect(view(`lesson-file=${packed}&step=2`)).toMatchObject({
      lesson: { id: OWN_LESSON, step: 2 },
      lessonFile: packed,
    });
    const bomb = deflateText(' '.repeat(65_537));
    expect(bomb.length).toBeLessThan(200);
    for (const wrong of ['lesson=No', 'step=25&lesson=a', `lesson-file=${bomb}`, 'lesson-file=%25']) {
      expect(readLink(wrong).problems, wrong).toHaveLength(1);
    }
    expect(readLink(`lesson-file=${'a'.repeat(12_001)}`).problems).toMatchObject([
      { code: 'LINK_OUT_OF_RANGE' },
    ]);
  });
});
