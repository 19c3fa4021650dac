/**
 * The experiment as the address's hash: `v=1&data=diamonds&target=price&beta=12`. One table of properties drives
 * reading, writing and checking. Defaults are left out; long lists share one deflated value, `z`.
 */
import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';
import * as v from 'valibot';
import { ERROR_ADVICE, type ErrorCode } from '../core/errors.ts';
import { DEFAULT_SETTINGS, type ExperimentSettings } from '../core/experiment/settings.ts';
import { SETTING_RANGES } from '../core/experiment/validate.ts';

export { SETTING_RANGES } from '../core/experiment/validate.ts';

const LINK_VERSION = 1;
/** Longest hash that is read, in characters. */
const MAX_LINK = 16_384;
/** Most bytes that `z` may hold after inflating. */
const MAX_INFLATED = 65_536;
/** Lists longer than this go into `z`. */
const MAX_READABLE_LIST = 240;

export const STATION_NAMES = ['data', 'bits', 'archive', 'learn', 'sweep'] as const;
export type StationName = (typeof STATION_NAMES)[number];

export interface SweepPlan {
  betas: number[];
  splits: number[];
}

/** A dataset as a link names it. */
type LinkedData = { kind: 'sample'; id: string } | { kind: 'dataset'; datasetId: string; fileName: string };

/** What a link says; what it leaves out has its default. */
export interface LinkedExperiment {
  data: LinkedData | null;
  settings: Partial<ExperimentSettings>;
  sweep: Partial<SweepPlan>;
  station: StationName | null;
  /** Stations whose controls are hidden. */
  hide: StationName[];
  /** One station without header and rail. */
  embed: boolean;
  /** Version of the lab that wrote it, or null. */
  app: string | null;
}

interface LinkProblem {
  /** Null for a remark: nothing was refused. */
  code: ErrorCode | null;
  what: string;
  todo: string | null;
}

export interface LinkReading {
  experiment: LinkedExperiment;
  problems: LinkProblem[];
}

type Text<T> = v.GenericSchema<string, T>;

interface Property {
  key: string;
  /** What is allowed, in words. */
  range: string;
  /** Lists of any length, which may move into `z`. */
  isList: boolean;
  /** Takes the text into the experiment, or says why not. */
  read: (text: string, into: LinkedExperiment) => v.BaseIssue<unknown>[] | null;
  /** Null when it is the default. */
  write: (experiment: LinkedExperiment) => string | null;
}

function property<T>(
  key: string,
  range: string,
  schema: Text<T>,
  take: (experiment: LinkedExperiment, value: T) => void,
  write: (experiment: LinkedExperiment) => string | null,
  isList = false,
): Property {
  return {
    key,
    range,
    isList,
    write,
    read(text, into) {
      const result = v.safeParse(schema, text);
      if (!result.success) return result.issues;
      take(into, result.output);
      return null;
    },
  };
}

// The schemas, each from text to a value.

function numberText(minimum: number, maximum: number): Text<number> {
  return v.pipe(
    v.string(),
    v.regex(/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i),
    v.transform(Number),
    v.number(),
    v.minValue(minimum),
    v.maxValue(maximum),
  );
}

function wholeText(minimum: number, maximum: number): Text<number> {
  return v.pipe(
    v.string(),
    v.regex(/^-?\d{1,15}$/),
    v.transform(Number),
    v.minValue(minimum),
    v.maxValue(maximum),
  );
}

const flagText: Text<boolean> = v.pipe(
  v.string(),
  v.picklist(['0', '1']),
  v.transform((text) => text === '1'),
);

function nameText(maximum: number): Text<string> {
  return v.pipe(v.string(), v.minLength(1), v.maxLength(maximum));
}

/** `a,b%2Cc`: names are percent-encoded a second time where they hold a comma or a percent sign. */
const namesText: Text<string[]> = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    if (dataset.value === '') return [];
    const names: string[] = [];
    for (const part of dataset.value.split(',')) {
      const name = decodePercent(part);
      if (name === null) {
        addIssue({ message: 'not percent-encoded' });
        return NEVER;
      }
      names.push(name);
    }
    return names;
  }),
  v.maxLength(4_096),
);

function writeNames(names: readonly string[]): string {
  return names.map((name) => name.replace(/[%,]/g, (sign) => (sign === ',' ? '%2C' : '%25'))).join(',');
}

/** `8,10,12..16`: whole numbers and ranges. */
function numbersText(minimum: number, maximum: number, most: number): Text<number[]> {
  return v.pipe(
    v.string(),
    v.regex(/^\d{1,15}(\.\.\d{1,15})?(,\d{1,15}(\.\.\d{1,15})?)*$/),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const numbers = new Set<number>();
      for (const part of dataset.value.split(',')) {
        const [first, last = first] = part.split('..').map(Number) as [number, number?];
        if (last < first || first < minimum || last > maximum || last - first >= most) {
          addIssue({ message: OUTSIDE });
          return NEVER;
        }
        for (let number = first; number <= last; number++) numbers.add(number);
      }
      return [...numbers].sort((a, b) => a - b);
    }),
    v.maxLength(most),
  );
}

/** Ascending numbers with runs of three and more as ranges. */
function writeNumbers(numbers: readonly number[]): string {
  const parts: string[] = [];
  for (let at = 0; at < numbers.length;) {
    let end = at;
    while (end + 1 < numbers.length && numbers[end + 1] === numbers[end] + 1) end++;
    if (end - at >= 2) {
      parts.push(`${numbers[at]}..${numbers[end]}`);
      at = end + 1;
    } else parts.push(String(numbers[at++]));
  }
  return parts.join(',');
}

const OUTSIDE = 'outside the range';

/** A property that is one field of the settings. */
function setting<K extends keyof ExperimentSettings>(
  key: string,
  field: K,
  range: string,
  schema: Text<ExperimentSettings[K]>,
  text: (value: ExperimentSettings[K]) => string,
  /** Written even when it is the default, because a dataset may suggest another. */
  always = false,
): Property {
  return property(
    key,
    range,
    schema,
    (experiment, value) => {
      experiment.settings[field] = value;
    },
    (experiment) => {
      const value = experiment.settings[field];
      return value === undefined || (!always && value === DEFAULT_SETTINGS[field]) ? null : text(value);
    },
  );
}

function flag(key: string, field: 'ratio' | 'targetInClusters'): Property {
  return setting(key, field, '0 or 1', flagText, (value) => (value ? '1' : '0'));
}

function choice<K extends 'order' | 'code' | 'objective' | 'samples' | 'missing' | 'model'>(
  key: string,
  field: K,
  values: readonly ExperimentSettings[K][],
): Property {
  return setting(
    key,
    field,
    `one of ${values.join(', ')}`,
    v.pipe(v.string(), v.picklist(values)) as unknown as Text<ExperimentSettings[K]>,
    (value) => value,
  );
}

/** Most β values and splits of one sweep. */
export const SWEEP_LIMITS = { betas: 64, splits: 32 } as const;

function amount(key: string, field: keyof typeof SETTING_RANGES, always = false): Property {
  const { min, max, whole } = SETTING_RANGES[field];
  const schema = whole ? wholeText(min, max) : numberText(min, max);
  return setting(
    key,
    field,
    `${whole ? 'a whole number ' : ''}from ${min} to ${max}`,
    schema,
    String,
    always,
  );
}

const SHA_PREFIX = 'sha256-';

const PROPERTIES: readonly Property[] = [
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
  property(
    'target',
    'a column name',
    nameText(4_096),
    (experiment, value) => {
      experiment.settings.target = value;
    },
    ({ settings }) => settings.target ?? null,
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
  property(
    'features',
    'column names separated by commas',
    namesText,
    (experiment, value) => {
      experiment.settings.features = value;
    },
    ({ settings }) =>
      settings.features === undefined || settings.features === null ? null : writeNames(settings.features),
    true,
  ),
  property(
    'drop',
    'column names separated by commas',
    namesText,
    (experiment, value) => {
      experiment.settings.drop = value;
    },
    ({ settings }) =>
      settings.drop === undefined || settings.drop.length === 0 ? null : writeNames(settings.drop),
    true,
  ),
  amount('split', 'split'),
  amount('test', 'testFraction'),
  setting(
    'codec',
    'codec',
    'a codec name',
    v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,31}$/)),
    (name) => name,
  ),
  flag('ratio', 'ratio'),
  amount('tau', 'tau'),
  choice('objective', 'objective', ['true', 'equation1']),
  amount('beta', 'beta', true),
  choice('order', 'order', ['layered', 'pool', 'descending', 'ascending', 'random']),
  choice('code', 'code', ['mixed', 'linear']),
  flag('cluster-target', 'targetInClusters'),
  choice('samples', 'samples', ['on-demand', 'stored']),
  choice('missing', 'missing', ['leave-out', 'fill']),
  choice('model', 'model', ['linear']),
  amount('rate', 'learningRate'),
  amount('iterations', 'iterations'),
  amount('seed', 'seed'),
  property(
    'betas',
    `whole numbers from 1 to ${SETTING_RANGES.beta.max}, at most ${SWEEP_LIMITS.betas} of them, like 8..20 or 8,12,16`,
    numbersText(1, SETTING_RANGES.beta.max, SWEEP_LIMITS.betas),
    (experiment, value) => {
      experiment.sweep.betas = value;
    },
    ({ sweep }) => (sweep.betas === undefined ? null : writeNumbers(sweep.betas)),
    true,
  ),
  property(
    'splits',
    `whole numbers from 0 to ${SETTING_RANGES.split.max}, at most ${SWEEP_LIMITS.splits} of them, like 1..5`,
    numbersText(0, SETTING_RANGES.split.max, SWEEP_LIMITS.splits),
    (experiment, value) => {
      experiment.sweep.splits = value;
    },
    ({ sweep }) => (sweep.splits === undefined ? null : writeNumbers(sweep.splits)),
    true,
  ),
  property(
    'station',
    `one of ${STATION_NAMES.join(', ')}`,
    v.pipe(v.string(), v.picklist(STATION_NAMES)),
    (experiment, value) => {
      experiment.station = value;
    },
    ({ station }) => (station === null || station === 'data' ? null : station),
  ),
  property(
    'hide',
    `stations separated by commas: ${STATION_NAMES.join(', ')}`,
    v.pipe(
      v.string(),
      v.transform((text) => text.split(',')),
      v.array(v.picklist(STATION_NAMES)),
      v.transform((names) => STATION_NAMES.filter((name) => names.includes(name))),
    ),
    (experiment, value) => {
      experiment.hide = value;
    },
    ({ hide }) => (hide.length === 0 ? null : hide.join(',')),
  ),
  property(
    'embed',
    '0 or 1',
    flagText,
    (experiment, value) => {
      experiment.embed = value;
    },
    ({ embed }) => (embed ? '1' : null),
  ),
];

const BY_KEY: ReadonlyMap<string, Property> = new Map(PROPERTIES.map((entry) => [entry.key, entry]));

export function emptyExperiment(): LinkedExperiment {
  return {
    data: null,
    settings: {},
    sweep: {},
    station: null,
    hide: [],
    embed: false,
    app: null,
  };
}

/** The experiment as a hash, without the leading '#'. */
export function writeLink(experiment: LinkedExperiment): string {
  const parts = [`v=${LINK_VERSION}`];
  const lists: string[] = [];
  for (const entry of PROPERTIES) {
    const text = entry.write(experiment);
    if (text !== null) (entry.isList ? lists : parts).push(`${entry.key}=${encodePart(text)}`);
  }
  const long = lists.join('&');
  if (long.length > MAX_READABLE_LIST)
    parts.push(`z=${toBase64Url(deflateSync(strToU8(long), { level: 9 }))}`);
  else parts.push(...lists);
  return parts.join('&');
}

/** Reads a hash. Never throws: what cannot be read is named in `problems`, the rest is kept. */
export function readLink(hash: string): LinkReading {
  const experiment = emptyExperiment();
  const problems: LinkProblem[] = [];
  const text = hash.startsWith('#') ? hash.slice(1) : hash;
  if (text.length > MAX_LINK) {
    problems.push(
      refusal('LINK_MALFORMED', `The link is ${text.length} characters long; at most ${MAX_LINK} are read.`),
    );
    return { experiment, problems };
  }
  readPairs(text, experiment, problems, new Set(), false);
  if (experiment.data?.kind === 'dataset' && experiment.data.datasetId === '') experiment.data = null;
  return { experiment, problems };
}

function readPairs(
  text: string,
  experiment: LinkedExperiment,
  problems: LinkProblem[],
  seen: Set<string>,
  isInner: boolean,
): void {
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const key = equals < 0 ? pair : pair.slice(0, equals);
    if (seen.has(key)) {
      problems.push(
        refusal('LINK_MALFORMED', `The link gives ${quote(key)} twice; the first value is used.`),
      );
      continue;
    }
    seen.add(key);
    const value = equals < 0 ? null : decodePart(pair.slice(equals + 1));
    if (value === null) {
      problems.push(refusal('LINK_MALFORMED', `In the link, ${quote(key)} has no readable value.`));
    } else if (key === 'v') {
      readVersion(value, problems);
    } else if (key === 'z' && !isInner) {
      const inner = inflateText(value);
      if (inner === null) {
        problems.push(
          refusal('LINK_MALFORMED', `In the link, "z" is damaged, or longer than ${MAX_INFLATED} bytes.`),
        );
      } else readPairs(inner, experiment, problems, seen, true);
    } else readProperty(key, value, experiment, problems);
  }
}

function readProperty(
  key: string,
  value: string,
  experiment: LinkedExperiment,
  problems: LinkProblem[],
): void {
  const entry = BY_KEY.get(key);
  if (entry === undefined) {
    problems.push({
      code: null,
      what: `The link says ${quote(key)}, which this version does not know; it is ignored.`,
      todo: null,
    });
    return;
  }
  const issues = entry.read(value, experiment);
  if (issues === null) return;
  const isOutside = issues.some(
    (issue) =>
      ['min_value', 'max_value', 'min_length', 'max_length', 'picklist'].includes(issue.type) ||
      issue.message === OUTSIDE,
  );
  problems.push(
    refusal(
      isOutside ? 'LINK_OUT_OF_RANGE' : 'LINK_MALFORMED',
      `In the link, ${quote(key)} is ${quote(value)}; it has to be ${entry.range}.`,
    ),
  );
}

function readVersion(value: string, problems: LinkProblem[]): void {
  if (!/^\d{1,6}$/.test(value)) {
    problems.push(
      refusal('LINK_MALFORMED', `In the link, "v" is ${quote(value)}; it has to be a whole number.`),
    );
  } else if (Number(value) > LINK_VERSION) {
    problems.push({
      code: null,
      what: `The link was made by a newer version of the lab (format ${value}); what could be read is used.`,
      todo: null,
    });
  }
}

function refusal(code: ErrorCode, what: string): LinkProblem {
  return { code, what, todo: ERROR_ADVICE[code] };
}

/** Text of the link as it can stand in a message: short, in quotes. */
function quote(text: string): string {
  return `“${text.length > 60 ? `${text.slice(0, 60)}…` : text}”`;
}

/** Readable where the address allows it: only what would be taken apart is encoded. */
function encodePart(text: string): string {
  const wellFormed = text.replace(/[\ud800-\udfff]/gu, '\ufffd');
  return encodeURIComponent(wellFormed).replace(/%2C/g, ',').replace(/%20/g, '+');
}

function decodePart(text: string): string | null {
  return decodePercent(text.replace(/\+/g, ' '));
}

function decodePercent(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

/** Inflates at most MAX_INFLATED bytes; null when there are more or the data is damaged. */
function inflateText(base64Url: string): string | null {
  if (!/^[\w-]*$/.test(base64Url)) return null;
  try {
    const bytes = strToU8(atob(base64Url.replace(/-/g, '+').replace(/_/g, '/')), true);
    const chunks: Uint8Array[] = [];
    let length = 0;
    let isWhole = false;
    const inflate = new Inflate((chunk, final) => {
      length += chunk.length;
      if (length > MAX_INFLATED) throw new RangeError('too long');
      chunks.push(chunk);
      isWhole = final;
    });
    // A small slice at a time, so that a bomb is noticed before it is unpacked.
    const slice = 256;
    for (let at = 0; at === 0 || at < bytes.length; at += slice) {
      inflate.push(bytes.subarray(at, at + slice), at + slice >= bytes.length);
    }
    if (!isWhole) return null;
    const whole = new Uint8Array(length);
    let at = 0;
    for (const chunk of chunks) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    return strFromU8(whole);
  } catch {
    return null;
  }
}
