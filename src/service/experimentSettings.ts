/** The settings that an archive carries as JSON: material from outside, of which nothing is taken on trust. */
import * as v from 'valibot';
import { DEFAULT_SETTINGS, type ExperimentSettings } from '../contracts/codec.ts';
import { settingsSchema, TABLE_SETTINGS } from '../contracts/settings.ts';
import type { OpenArchive } from '../core/archive/read.ts';

/** What cannot be used has its default: nothing in the archive depends on it. */
const SCHEMA = settingsSchema(TABLE_SETTINGS, 'replace');

function parse(json: string | null): Partial<ExperimentSettings> {
  let value: unknown;
  try {
    value = JSON.parse(json ?? '{}');
  } catch {
    return {};
  }
  const result = v.safeParse(SCHEMA, value);
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
    weight: settings.weight !== null && names.has(settings.weight) ? settings.weight : null,
    features: features?.length === 0 && settings.features?.length !== 0 ? null : features,
    drop: [], // What was left out is not in the archive: its table is the whole of another dataset.
    codec: codec.meta.name,
    ...(rule.kind === 'random' ? { split: rule.seed, testFraction: rule.testFraction } : {}),
  };
}
