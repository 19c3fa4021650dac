/** What the rail says of each station: its result in one line, or what runs there. */
import type { ClosedFormResult } from '../contracts/codec.ts';
import type { PageName, StationName, SweepAxis } from '../contracts/link.ts';
import type { Lab } from '../stations/lab.ts';
import type { SweepResults, SweepState } from '../stations/lab/sweep.ts';
import { condensedRatio } from '../stations/optimumRatio.ts';
import { AXIS_WORDS } from '../stations/sweep/table/axes.ts';
import { countRuns, isWhole } from '../stations/sweep/table/plan.ts';
import { readSweep, type SweepReading } from '../stations/sweep/table/reading.ts';
import { summarise } from '../stations/sweep/table/summary.ts';
import {
  formatBytes,
  formatCount,
  formatLarge,
  formatPercent,
  formatPlural,
  formatRatio,
} from '../ui/format.ts';
import { besides, busyness, fromTask, NOTHING, type Headline, type Said } from './taskHeadline.ts';
import { IMAGE_HEADLINES } from './pictures/headlines.ts';

export const PAGE_TITLES: Record<PageName, string> = {
  data: 'Data',
  bits: 'Bits',
  archive: 'Archive',
  learn: 'Learn',
  sweep: 'Sweep',
  how: 'How it works',
  paper: 'The paper',
  start: 'Start',
};

function dataHeadline({ dataset }: Lab): Headline {
  return fromTask(dataset, ({ rows, columns, rawFloat64Bytes }) => ({
    value: `${formatCount(rows)} × ${formatCount(columns.length)}`,
    short: formatLarge(rows),
    note: `${formatBytes(rawFloat64Bytes)} as float64`,
  }));
}

/** Why there is nothing to learn: the question is open, or it was answered with nothing. */
function targetNote(asksTarget: boolean): string {
  return asksTarget ? 'target not said yet' : 'no target';
}

function bitsHeadline({ bits, settings, asksTarget }: Lab): Headline {
  return fromTask(bits, ({ condensedSamples, order }) => {
    if (settings.target === null || order.length === 0) {
      return {
        value: formatPlural(bits.value?.entropy.length ?? 0, 'bit'),
        note: settings.target === null ? targetNote(asksTarget) : 'no features: nothing to condense',
      };
    }
    const beta = Math.min(settings.beta, order.length);
    return {
      value: `β = ${formatCount(beta)}`,
      note: formatPlural(condensedSamples[beta] ?? 0, 'condensed sample'),
    };
  });
}

function archiveHeadline({ archive, peers, verifications }: Lab): Headline {
  const headline = fromTask(archive, ({ bytes, rawFloat64Bytes }) => ({
    value: formatPercent(bytes.train / rawFloat64Bytes.train),
    note: bytes.train > rawFloat64Bytes.train ? 'of float64: nothing saved' : 'of float64 · lossless',
  }));
  return besides(headline, [peers.task, ...Object.values(verifications)]);
}

function learnHeadline({ learn, trees, settings, asksTarget, dataset }: Lab): Headline {
  const { full, condensed } = learn;
  const solved = [full.closedForm, condensed.closedForm];
  const tasks = [...solved, full.descent, condensed.descent, trees];
  const running = tasks.find(({ status }) => status === 'running');
  return {
    ...(dataset.value !== null && settings.target === null
      ? { value: NOTHING, note: targetNote(asksTarget) }
      : settings.features?.length === 0
        ? { value: NOTHING, note: 'no features chosen' }
        : costOfCondensing(full.closedForm.value, condensed.closedForm.value)),
    ...busyness(running !== undefined, running?.progress ?? null),
    isStale: solved.some(({ stale }) => stale),
    error: solved.find(({ error }) => error !== null)?.error ?? null,
  };
}

function costOfCondensing(full: ClosedFormResult | null, condensed: ClosedFormResult | null): Said {
  const ratio = condensedRatio(full, condensed);
  if (ratio === null) return { value: NOTHING, note: '' };
  return {
    value: formatRatio(ratio),
    ...(ratio === Infinity && { short: 'exact' }),
    note: full?.score.task === 'regression' ? 'squared error of full' : 'log loss of full',
  };
}

/** What whole sweeps say, by their runs: the rail asks at every change of the lab. */
const readings = new WeakMap<SweepResults['runs'], SweepReading | null>();

function readingOf({ ran, full, runs }: SweepState): SweepReading | null {
  if (ran === null) return null;
  const known = readings.get(runs);
  if (known !== undefined) return known;
  const reading = readSweep(ran.plan, summarise(ran.plan, full, runs));
  readings.set(runs, reading);
  return reading;
}

function sweepHeadline({ sweep, settings, asksTarget, dataset }: Lab): Headline {
  const { plan, ran, status, progress, full, runs, stale, error } = sweep;
  const counts = countRuns(ran !== null && status !== 'idle' ? ran.plan : plan);
  const total = counts.full + counts.condensed;
  const done = [...full, ...runs].filter(isWhole).length;
  const said: Said = { value: NOTHING, note: '' };
  if (status === 'running' || status === 'paused') {
    said.value = `${formatCount(progress?.done ?? done)} of ${formatCount(progress?.total ?? total)}`;
    said.note = status === 'paused' ? 'runs, paused' : (progress?.phase.toLowerCase() ?? 'runs');
  } else if (status === 'idle' || done === 0) {
    if (dataset.value !== null) {
      said.value = settings.target === null ? NOTHING : 'not run';
      said.note = settings.target === null ? targetNote(asksTarget) : plan.axes.map(axisWords).join(' × ');
    }
  } else {
    const reading = status === 'done' ? readingOf(sweep) : null;
    said.value = formatPlural(done, 'run');
    said.note = status === 'done' ? (ran?.plan.axes ?? []).map(axisWords).join(' × ') : status;
    if (reading !== null) {
      if (reading.isClose) said.value = `β ≥ ${formatCount(reading.beta)}`;
      said.note = `${reading.isClose ? '' : 'not '}within 5\u202f% of full`;
    }
  }
  return { ...said, ...busyness(status === 'running', progress), isStale: stale, error };
}

/** "7 β", "3 codecs" */
function axisWords({ name, values }: SweepAxis): string {
  return `${formatCount(values.length)} ${AXIS_WORDS[name].short(values.length)}`;
}

const TABLE_HEADLINES: Record<StationName, (lab: Lab) => Headline> = {
  data: dataHeadline,
  bits: bitsHeadline,
  archive: archiveHeadline,
  learn: learnHeadline,
  sweep: sweepHeadline,
};

/** The stop's line for what is open, a table or pictures. */
function ofKind(station: StationName): (lab: Lab) => Headline {
  return (lab) => (lab.kind === 'images' ? IMAGE_HEADLINES : TABLE_HEADLINES)[station](lab);
}

/** While something of the other kind is being opened, what is open stays, and the line says what comes. */
function openingHeadline(lab: Lab): Headline {
  const headline = ofKind('data')(lab);
  const other = lab.kind === 'images' ? lab.dataset : lab.images.dataset;
  if (other.status === 'running') return { ...headline, ...busyness(true, other.progress) };
  return other.status === 'failed' ? { ...headline, error: headline.error ?? other.error } : headline;
}

export const HEADLINES: Record<StationName, (lab: Lab) => Headline> = {
  data: openingHeadline,
  bits: ofKind('bits'),
  archive: ofKind('archive'),
  learn: ofKind('learn'),
  sweep: ofKind('sweep'),
};
