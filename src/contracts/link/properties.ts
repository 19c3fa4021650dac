/** The properties of a link: one table drives reading, writing and checking. */
import * as v from 'valibot';
import { TABLE_SETTINGS } from '../../core/experiment/settings.ts';
import type { ReadingOptions } from '../../readers/tableReading.ts';
import { SWEEP_LIMITS } from './axes.ts';
import { imageProperties } from './imageProperties.ts';
import { property, type Property } from './property.ts';
import { isDefault, settingProperties } from './settingProperties.ts';
import { axesText, writeAxes } from './sweepText.ts';
import { trainingProperties } from './trainingProperties.ts';
import { viewProperties } from './viewProperties.ts';
import {
  flagText,
  namesText,
  nameText,
  numbersText,
  typesText,
  wholeText,
  writeNames,
  writeNumbers,
  writeTypes,
} from './texts.ts';

/** A property that is one field of how the file is read, under words that an address can show. */
function reading<K extends 'delimiter' | 'header' | 'decimal' | 'encoding' | 'emptyRecords'>(
  key: string,
  field: K,
  words: ReadonlyMap<string, NonNullable<ReadingOptions[K]>>,
): Property {
  return property(
    key,
    `one of ${[...words.keys()].join(', ')}`,
    v.pipe(v.string(), v.picklist([...words.keys()])),
    (experiment, word) => {
      experiment.reading[field] = words.get(word);
    },
    (experiment) => {
      const value = experiment.reading[field];
      return [...words].find(([, meant]) => meant === value)?.[0] ?? null;
    },
  );
}

/** Most markers of missing cells that a link names. */
const MOST_MARKERS = 32;

/** More records than any table has. */
const MOST_RECORDS = 2 ** 31;

const SHA_PREFIX = 'sha256-';

/** Which data, and how they are read. */
const DATA: readonly Property[] = [
  property(
    'app',
    'a version number',
    v.pipe(v.string(), v.regex(/^[\w.+-]{1,40}$/)),
    (experiment, value) => {
      experiment.app = value;
    },
    (experiment) => experiment.app,
  ),
  property(
    'data',
    'a sample name, or sha256- and 64 hex digits',
    v.pipe(v.string(), v.regex(/^(?!sha256-)[a-z0-9][a-z0-9-]{0,63}$|^sha256-[0-9a-f]{64}$/)),
    (experiment, value) => {
      const before = experiment.data;
      experiment.data = value.startsWith(SHA_PREFIX)
        ? {
            kind: 'dataset',
            datasetId: value.slice(SHA_PREFIX.length),
            fileName: before?.kind === 'dataset' ? before.fileName : '',
          }
        : { kind: 'sample', id: value };
    },
    ({ data }) => (data === null ? null : data.kind === 'sample' ? data.id : SHA_PREFIX + data.datasetId),
  ),
  property(
    'file',
    'a file name of at most 255 characters',
    nameText(255),
    (experiment, value) => {
      if (experiment.data?.kind === 'sample') return;
      experiment.data = { kind: 'dataset', datasetId: experiment.data?.datasetId ?? '', fileName: value };
    },
    ({ data }) => (data?.kind === 'dataset' && data.fileName !== '' ? data.fileName : null),
  ),
  reading(
    'delimiter',
    'delimiter',
    new Map([
      ['comma', ','],
      ['semicolon', ';'],
      ['tab', '\t'],
      ['pipe', '|'],
      ['double-colon', '::'],
    ]),
  ),
  reading(
    'header',
    'header',
    new Map([
      ['1', true],
      ['0', false],
    ]),
  ),
  reading(
    'decimal',
    'decimal',
    new Map([
      ['point', '.'],
      ['comma', ','],
    ]),
  ),
  reading(
    'encoding',
    'encoding',
    new Map((['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const).map((name) => [name, name])),
  ),
  property(
    'na',
    `at most ${MOST_MARKERS} markers of missing cells, separated by commas`,
    v.pipe(namesText, v.maxLength(MOST_MARKERS)),
    (experiment, value) => {
      experiment.reading.missing = value;
    },
    ({ reading: { missing = [] } }) => (missing.length === 0 ? null : writeNames(missing)),
    true,
  ),
  property(
    'types',
    'columns with their types, separated by commas, like zip:text,when:time',
    typesText,
    (experiment, value) => {
      experiment.reading.types = value;
    },
    ({ reading: { types = [] } }) => (types.length === 0 ? null : writeTypes(types)),
    true,
  ),
  property(
    'sheet',
    'the name of a sheet, at most 255 characters',
    nameText(255),
    (experiment, value) => {
      experiment.reading.sheet = value;
    },
    ({ reading: { sheet } }) => sheet ?? null,
  ),
  reading('empty', 'emptyRecords', new Map([['kept', 'kept']])),
  property(
    'test-records',
    `a whole number from 0 to ${MOST_RECORDS}`,
    wholeText(0, MOST_RECORDS),
    (experiment, value) => {
      experiment.reading.testRows = value;
    },
    ({ reading: { testRows } }) => (testRows === undefined ? null : String(testRows)),
  ),
  property(
    'compress-only',
    '0 or 1',
    flagText,
    (experiment, value) => {
      if (value) experiment.settings.target = null;
    },
    ({ settings }) => (settings.target === null ? '1' : null),
  ),
];

const beta = TABLE_SETTINGS.of('beta');
const split = TABLE_SETTINGS.of('split');

const SWEEP: readonly Property[] = [
  property(
    'sweep',
    'one axis or two, like beta:8..20 or codec:entrogede,greedygd;beta:8..20',
    axesText,
    (experiment, value) => {
      experiment.sweep.axes = value;
    },
    ({ sweep }) => {
      const axes = (sweep.axes ?? []).filter(({ values }) => values.length > 0);
      return axes.length === 0 ? null : writeAxes(axes);
    },
    true,
  ),
  // How links named the values of β before there were other axes; they are written no more.
  property(
    'betas',
    `whole numbers from ${beta.min} to ${beta.max}, at most ${SWEEP_LIMITS.values} of them, like 8..20 or 8,12,16`,
    numbersText(beta.min, beta.max, SWEEP_LIMITS.values),
    (experiment, values) => {
      experiment.sweep.axes ??= [{ name: 'beta', values }];
    },
    () => null,
  ),
  property(
    'splits',
    `whole numbers from ${split.min} to ${split.max}, at most ${SWEEP_LIMITS.splits} of them, like 1..5`,
    numbersText(split.min, split.max, SWEEP_LIMITS.splits),
    (experiment, value) => {
      experiment.sweep.splits = value;
    },
    ({ sweep }) =>
      sweep.splits === undefined || sweep.splits.length === 0 ? null : writeNumbers(sweep.splits),
    true,
  ),
];

const settings = settingProperties(TABLE_SETTINGS, (experiment) => experiment.settings, isDefault);

/** All properties, in the order in which a link is written; settings may have been added. */
export function properties(): readonly Property[] {
  return [
    ...DATA,
    ...settings(),
    ...SWEEP,
    ...imageProperties(),
    ...trainingProperties(),
    ...viewProperties(),
  ];
}
