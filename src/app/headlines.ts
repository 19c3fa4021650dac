/** What the rail says of each station: its result in one line, or what runs there. */
import type { ModelScore } from '../contracts/codec.ts';
import type { ErrorReport } from '../contracts/errors.ts';
import { EXACT_REFUSED, formatMetric, leadingMetric } from '../stations/learn/scores.ts';
import type { SweepAxis } from '../contracts/link.ts';
import type { Lab, StationName, Task, TaskProgress } from '../stations/lab.ts';
import { AXIS_WORDS } from '../stations/sweep/axes.ts';
import { countRuns } from '../stations/sweep/plan.ts';
import { formatBytes, formatCount, formatFactor, formatPercent, formatPlural } from '../ui/format.ts';
import { progressWords } from '../ui/progress.ts';

export const STATION_TITLES: Record<StationName, string> = {
  data: 'Data',
  bits: 'Bits',
  archive: 'Archive',
  learn: 'Learn',
  sweep: 'Sweep',
};

export interface Headline {
  value: string;
  note: string;
  isBusy: boolean;
  /** While busy: what it is at, or how long still. */
  busyWith: string;
  /** 0…1 while busy, or null when it cannot be told. */
  share: number | null;
  isStale: boolean;
  error: ErrorReport | null;
}

interface Said {
  value: string;
  note: string;
}

const NOTHING = '–';

function fromTask<T>(task: Task<T>, words: (value: T) => Said): Headline {
  const said = task.value === null ? { value: NOTHING, note: '' } : words(task.value);
  return {
    ...said,
    ...busyness(task.status === 'running', task.progress),
    isStale: task.stale,
    error: task.error,
  };
}

function busyness(
  isBusy: boolean,
  progress: TaskProgress | null,
): Pick<Headline, 'isBusy' | 'busyWith' | 'share'> {
  if (!isBusy) return { isBusy, busyWith: '', share: null };
  if (progress === null) return { isBusy, busyWith: 'starting', share: null };
  const { share, left } = progressWords(progress);
  return { isBusy, busyWith: left === '' ? progress.phase.toLowerCase() : left, share };
}

function dataHeadline({ dataset }: Lab): Headline {
  return fromTask(dataset, ({ rows, columns, rawFloat64Bytes }) => ({
    value: `${formatCount(rows)} × ${formatCount(columns.length)}`,
    note: `${formatBytes(rawFloat64Bytes)} as float64`,
  }));
}

function bitsHeadline({ bits, settings }: Lab): Headline {
  return fromTask(bits, ({ condensedSamples, order }) => {
    if (settings.target === null || order.length === 0) {
      return {
        value: formatPlural(bits.value?.entropy.length ?? 0, 'bit'),
        note: 'no target: nothing to condense',
      };
    }
    const beta = Math.min(settings.beta, order.length);
    return {
      value: `β = ${formatCount(beta)}`,
      note: formatPlural(condensedSamples[beta] ?? 0, 'condensed sample'),
    };
  });
}

function archiveHeadline({ archive }: Lab): Headline {
  return fromTask(archive, ({ bytes, rawFloat64Bytes }) => ({
    value: formatPercent(bytes.train / rawFloat64Bytes.train),
    note: 'of float64 · lossless',
  }));
}

/** Condensed against full on the test records, or null where they are scores of different tasks. */
function costOfCondensing(condensed: ModelScore, full: ModelScore, solver: string | null): Said | null {
  if (condensed.task !== full.task) return null;
  if (condensed.task === 'regression') {
    const ratio = (condensed.test.mse ?? NaN) / (full.test.mse ?? NaN);
    return {
      value: formatFactor(ratio),
      note: solver === null ? 'test MSE of full' : `MSE of full, ${solver}`,
    };
  }
  const metric = leadingMetric(condensed);
  const unit = metric === 'accuracy' ? 'acc.' : 'bal. acc.';
  const by = solver === null ? '' : ` · ${solver}`;
  return {
    value: formatMetric(metric, condensed.test[metric]),
    note: `${unit} · full ${formatMetric(metric, full.test[metric])}${by}`,
  };
}

function learnHeadline({ learn, settings, dataset }: Lab): Headline {
  const { full, condensed } = learn;
  const tasks = [full.closedForm, condensed.closedForm, full.descent, condensed.descent];
  const running = tasks.find(({ status }) => status === 'running');
  let said: Said = { value: NOTHING, note: '' };
  // A training on all rows that is out of date is no measure for what was condensed since.
  const isComparable = !full.descent.stale || condensed.descent.stale;
  const hasDescents =
    condensed.descent.value !== null && full.descent.value !== null && full.descent.value.stop !== 'running';
  if (dataset.value !== null && settings.target === null) said.note = 'no target chosen';
  else if (isComparable && hasDescents && condensed.descent.value && full.descent.value) {
    said = costOfCondensing(condensed.descent.value.score, full.descent.value.score, null) ?? said;
  } else if (condensed.closedForm.value !== null && full.closedForm.value !== null) {
    const solver = condensed.closedForm.value.solver === 'newton' ? 'Newton' : 'closed form';
    said = costOfCondensing(condensed.closedForm.value.score, full.closedForm.value.score, solver) ?? said;
  }
  return {
    ...said,
    ...busyness(running !== undefined, running?.progress ?? null),
    isStale: tasks.some(({ stale }) => stale),
    // A model too wide for its exact solver is trained by gradient descent, as the station says.
    error: tasks.find(({ error }) => error !== null && error.code !== EXACT_REFUSED)?.error ?? null,
  };
}

function sweepHeadline({ sweep, settings, dataset }: Lab): Headline {
  const { plan, ran, status, progress, full, runs, stale, error } = sweep;
  const counts = countRuns(ran !== null && status !== 'idle' ? ran.plan : plan);
  const total = counts.full + counts.condensed;
  const done = full.length + runs.length;
  const said: Said = { value: NOTHING, note: '' };
  if (status === 'running' || status === 'paused') {
    said.value = `${formatCount(progress?.done ?? done)} of ${formatCount(total)}`;
    said.note = status === 'paused' ? 'runs, paused' : 'runs';
  } else if (status === 'idle' || done === 0) {
    if (dataset.value !== null) {
      said.value = settings.target === null ? NOTHING : formatPlural(total, 'run');
      said.note = settings.target === null ? 'no target chosen' : 'planned';
    }
  } else {
    said.value = formatPlural(done, 'run');
    said.note = status === 'done' ? (ran?.plan.axes ?? []).map(axisWords).join(' × ') : status;
  }
  return { ...said, ...busyness(status === 'running', progress), isStale: stale, error };
}

/** "7 β", "3 codecs" */
function axisWords({ name, values }: SweepAxis): string {
  return `${formatCount(values.length)} ${AXIS_WORDS[name].short(values.length)}`;
}

export const HEADLINES: Record<StationName, (lab: Lab) => Headline> = {
  data: dataHeadline,
  bits: bitsHeadline,
  archive: archiveHeadline,
  learn: learnHeadline,
  sweep: sweepHeadline,
};
