/**
 * The experiment as the address's hash: `v=1&data=diamonds&target=price&beta=12`. Defaults are left out; long lists
 * share one deflated value, `z`. What a link can say is in link/properties.ts.
 */
import { ERROR_ADVICE, type ErrorCode } from '../core/errors.ts';
import { withKnownControls } from './link/controls.ts';
import { emptyExperiment, type LinkedExperiment } from './link/experiment.ts';
import { decodePart, deflateText, encodePart, inflateText, MAX_INFLATED } from './link/packing.ts';
import { properties } from './link/properties.ts';
import type { Property } from './link/property.ts';
import { OUTSIDE } from './link/texts.ts';

export {
  emptyExperiment,
  isStation,
  OWN_LESSON,
  PLAIN_VIEW,
  PAGE_NAMES,
  STATION_NAMES,
  SWEEP_AXES,
  type AxisValue,
  type LinkedExperiment,
  type LinkedImages,
  type LinkedLesson,
  type LinkedView,
  type PageName,
  type StationName,
  type SweepAxis,
  type SweepAxisName,
  type SweepPlan,
} from './link/experiment.ts';
export { controlKey, standingIn, type ControlStanding } from './link/controls.ts';
export { axisDomain, SWEEP_LIMITS, tidyAxis } from './link/axes.ts';
export { TRAINING_GRID_LIMITS } from './link/trainingProperties.ts';

const LINK_VERSION = 1;
/** Longest hash that is read, in characters. */
const MAX_LINK = 16_384;
/** Lists longer than this go into `z`. */
const MAX_READABLE_LIST = 240;

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

/** The experiment as a hash, without the leading '#'. */
export function writeLink(experiment: LinkedExperiment): string {
  const parts = [`v=${LINK_VERSION}`];
  const lists: string[] = [];
  for (const entry of properties()) {
    const text = entry.write(experiment);
    if (text !== null) (entry.isList ? lists : parts).push(`${entry.key}=${encodePart(text)}`);
  }
  const long = lists.join('&');
  if (long.length > MAX_READABLE_LIST) parts.push(`z=${deflateText(long)}`);
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
  const known = new Map(properties().map((entry) => [entry.key, entry]));
  readPairs(text, { experiment, problems, known, seen: new Set() }, false);
  if (experiment.data?.kind === 'dataset' && experiment.data.datasetId === '') experiment.data = null;
  const { view, unknown } = withKnownControls(experiment.view);
  experiment.view = view;
  if (unknown.length > 0) {
    problems.push({
      code: null,
      what: `The link hides or fixes ${unknown.map(quote).join(', ')}, which this version has no control for; that is ignored.`,
      todo: null,
    });
  }
  // A step without a lesson is a step of none.
  if (experiment.view.lesson?.id === '') experiment.view = { ...experiment.view, lesson: null };
  return { experiment, problems };
}

/** A link that is being read. */
interface Reading extends LinkReading {
  known: ReadonlyMap<string, Property>;
  /** Keys that were met. */
  seen: Set<string>;
}

function readPairs(text: string, reading: Reading, isInner: boolean): void {
  const { problems, seen } = reading;
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
      } else readPairs(inner, reading, true);
    } else readProperty(key, value, reading);
  }
}

function readProperty(key: string, value: string, { experiment, problems, known }: Reading): void {
  const entry = known.get(key);
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
      `In the link, ${quote(key)} is ${quote(value)}; it has to be ${entry.range()}.`,
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
