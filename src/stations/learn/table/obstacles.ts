/** What keeps Learn from an answer, or makes it a poor one: one sentence each, and the way out. */
import type { ClosedFormResult, Doubt, ExperimentSettings } from '../../../contracts/codec.ts';
import type { ErrorReport } from '../../../contracts/errors.ts';
import { formatCount, formatPlural } from '../../../ui/format.ts';
import type { StationName } from '../../../contracts/link.ts';
import { doubtWords } from '../../doubtWords.ts';

/** Share of the training records from which on hardly any is spared. */
const HARDLY_ANY = 0.95;

/** A button: to a station, or a change of settings. */
export type WayOut =
  | { label: string; station: StationName }
  | { label: string; change: Partial<ExperimentSettings> };

export interface Obstacle {
  what: string;
  todo: string;
  /** Of an error, its code. */
  code: string | null;
  way: WayOut | null;
}

const TO_FEATURES: WayOut = { label: 'Choose features', station: 'data' };
const TO_TARGET: WayOut = { label: 'Choose another target', station: 'data' };

function wayOut({ code }: ErrorReport, { missing }: Pick<ExperimentSettings, 'missing'>): WayOut | null {
  switch (code) {
    case 'FEATURES_NONE':
    case 'CSV_TOO_WIDE':
    case 'MODEL_OVERFLOW':
      return TO_FEATURES;
    case 'TARGET_CONSTANT':
    case 'TARGET_NOT_NUMBER':
    case 'TARGET_NOT_CLASSES':
    case 'TARGET_UNKNOWN':
      return TO_TARGET;
    case 'ROWS_TOO_FEW':
      return missing === 'leave-out'
        ? { label: 'Fill missing cells', change: { missing: 'fill' } }
        : { label: 'Change the test share', station: 'data' };
    default:
      return null;
  }
}

/**
 * What keeps the models from being trained; null where nothing does.
 *
 * @param error that a solver failed with
 */
export function obstacleOf(
  error: ErrorReport | null,
  settings: Pick<ExperimentSettings, 'features' | 'missing'>,
): Obstacle | null {
  if (settings.features?.length === 0) {
    return {
      what: 'No features: tick at least one.',
      todo: 'A model predicts the target from them.',
      code: null,
      way: TO_FEATURES,
    };
  }
  return error === null ? null : { ...error, way: wayOut(error, settings) };
}

/** What makes the comparison say little, though there is one. */
export function doubtsOf(full: ClosedFormResult, condensed: ClosedFormResult): Obstacle[] {
  const doubts: Obstacle[] = [];
  const say = (doubt: Doubt, way: WayOut): void => {
    doubts.push({ ...doubtWords(doubt), code: null, way });
  };
  const { samples, width } = full;
  if (samples < width) say({ kind: 'wide', records: samples, coefficients: width }, TO_FEATURES);
  const classes = absentClasses(full);
  if (classes.length > 0) say({ kind: 'untested', classes }, { label: 'Change the split', station: 'data' });
  if (condensed.samples >= HARDLY_ANY * samples) {
    doubts.push({
      what:
        condensed.samples === samples
          ? 'Nothing is condensed at this β: every training record is a sample of its own.'
          : `Hardly anything is condensed at this β: ${formatPlural(condensed.samples, 'sample')} of ${formatCount(samples)} training records.`,
      todo: 'Fewer analytics bits make fewer samples.',
      code: null,
      way: { label: 'Choose a smaller β', station: 'bits' },
    });
  }
  return doubts;
}

function absentClasses({ score: { classes } }: ClosedFormResult): string[] {
  if (classes === null) return [];
  const { labels, confusion } = classes;
  return labels.filter((_, row) =>
    confusion.subarray(row * labels.length, (row + 1) * labels.length).every((count) => count === 0),
  );
}
