/** The settings that an archive carries as JSON: material from outside, of which nothing is taken on trust. */
import * as v from 'valibot';
import { DEFAULT_SETTINGS, type ExperimentSettings } from '../contracts/codec.ts';
import { SETTING_RANGES } from '../contracts/link.ts';
import type { OpenArchive } from '../core/archive/read.ts';

type Field = keyof ExperimentSettings;
type Schema<T> = v.GenericSchema<unknown, T>;

/** A field that is missing or not what it has to be has its default: nothing in the archive depends on it. */
function field<K extends Field>(
  name: K,
  schema: Schema<ExperimentSettings[K]>,
): Schema<ExperimentSettings[K]> {
  return v.fallback(schema, DEFAULT_SETTINGS[name]);
}

function choice<K extends Field>(name: K, values: readonly (ExperimentSettings[K] & string)[]) {
  return field(name, v.picklist(values) as unknown as Schema<ExperimentSettings[K]>);
}

function amount(name: keyof typeof SETTING_RANGES): Schema<number> {
  const { min, max, whole } = SETTING_RANGES[name];
  const number = v.pipe(v.number(), v.minValue(min), v.maxValue(max));
  return field(name, whole ? v.pipe(number, v.integer()) : number);
}

const FIELDS: { [K in Field]: Schema<ExperimentSettings[K]> } = {
  target: field('target', v.nullable(v.string())),
  features: field('features', v.nullable(v.array(v.string()))),
  drop: field('drop', v.array(v.string())),
  split: amount('split'),
  testFraction: amount('testFraction'),
  codec: field('codec', v.string()),
  ratio: field('ratio', v.boolean()),
  tau: amount('tau'),
  objective: choice('objective', ['true', 'equation1']),
  condenser: choice('condenser', ['own', 'clusters', 'bases-zero', 'bases-mean']),
  beta: amount('beta'),
  order: choice('order', ['layered', 'pool', 'descending', 'ascending', 'random']),
  code: choice('code', ['mixed', 'linear']),
  targetInClusters: field('targetInClusters', v.boolean()),
  samples: choice('samples', ['on-demand', 'stored']),
  missing: choice('missing', ['leave-out', 'fill']),
  model: choice('model', ['auto', 'linear', 'logistic']),
  learningRate: amount('learningRate'),
  iterations: amount('iterations'),
  seed: amount('seed'),
};

function parse(json: string | null): Partial<ExperimentSettings> {
  let value: unknown;
  try {
    value = JSON.parse(json ?? '{}');
  } catch {
    return {};
  }
  const result = v.safeParse(v.object(FIELDS), value);
  return result.success ? result.output : {};
}

/**
 * The settings to open an archive with: its experiment section as far as it can be used, and what the archive itself
 * says about its split and codec. Columns that it does not have are left out.
 */
export function settingsOf({ experiment, schema, rule, codec }: OpenArchive): ExperimentSettings {
  const settings = { ...DEFAULT_SETTINGS, ...parse(experiment) };
  const names = new Set(schema.columns.map(({ name }) => name));
  const features = settings.features?.filter((name) => names.has(name)) ?? null;
  return {
    ...settings,
    target: settings.target !== null && names.has(settings.target) ? settings.target : null,
    features: features?.length === 0 && settings.features?.length !== 0 ? null : features,
    drop: [], // What was left out is not in the archive: its table is the whole of another dataset.
    codec: codec.meta.name,
    ...(rule.kind === 'random' ? { split: rule.seed, testFraction: rule.testFraction } : {}),
  };
}
