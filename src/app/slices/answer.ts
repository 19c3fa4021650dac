/**
 * The answer: how small the training records can be made. It is searched for by itself, over the pool of workers, where
 * that is estimated to be short; else, or where it turns out to be long, it waits for a press.
 */
import {
  pointsOf,
  recommend,
  searchSizes,
  TOLERANCES,
  type Answer,
  type Evaluate,
  type Point,
} from '../../contracts/answer.ts';
import type { ContestReport, ContestRequest } from '../../contracts/contest.ts';
import { LabError } from '../../contracts/errors.ts';
import type { CallOptions } from '../../contracts/workerCalls.ts';
import type { Lab } from '../../stations/lab.ts';
import type { AnswerActions, AnswerState } from '../../stations/lab/answer.ts';
import type { TaskProgress } from '../../stations/lab/task.ts';
import type { Messages } from '../messages.ts';
import type { StoreContext } from '../storeContext.ts';
import {
  answerKey,
  answerSplits,
  estimateAnswer,
  estimateRivals,
  searched,
  subjectOf,
  weigher,
  type AnswerSubject,
} from '../tables/answerPlan.ts';
import { createTaskRunner } from '../tasks.ts';

/** Seconds that a search may be estimated to take unasked, and that may turn out to be left of it. */
const SHORT = 15;
const MOST_SECONDS = 60;
/** The same of the costlier contenders. */
const SHORT_RIVALS = 6;
/** Share of the work after which the time left is worth believing, and milliseconds after which it has to be. */
const MEASURED_SHARE = 0.1;
const MEASURED_AFTER = 30_000;
/** Milliseconds after the results that it follows. */
const QUIET = 400;

const PHASE = 'Looking for the smallest sample that is enough';

/** Costlier contenders, which are tried at the recommended size alone. */
const RIVALS = [{ name: 'k-means', draws: 1 }];

export interface AnswerSlice extends AnswerActions {
  /** Starts by itself when the exact results stand; other settings put it out of date. */
  follow: (now: Lab, before: Lab) => void;
}

export function createAnswer(
  { get, set, services }: StoreContext,
  messages: Pick<Messages, 'offerUndo'>,
): AnswerSlice {
  /** What the state is of, and what was last begun or left waiting by itself. */
  let current: string | null = null;
  let considered: string | null = null;
  let isDue = false;

  function update(change: Partial<AnswerState>): void {
    set({ answer: { ...get().answer, ...change } });
  }
  const search = createTaskRunner<Answer>({
    read: () => get().answer.task,
    write: (task) => update({ task }),
  });
  const rivals = createTaskRunner<Point[]>({
    read: () => get().answer.rivals,
    write: (task) => update({ rivals: task }),
  });

  /** Holds contests of one kind on every split at once; the reports of each split together. */
  async function hold(
    { source, settings }: AnswerSubject,
    judge: ContestRequest['judge'],
    wanted: readonly { name: string; draws: number; betas: readonly number[] }[],
    events: Pick<Required<CallOptions>, 'signal'> & { onTried: (contender: string, beta: number) => void },
  ): Promise<ContestReport[]> {
    const splits = answerSplits(settings.split);
    const jobs = splits.flatMap((split) =>
      wanted.map(({ name, draws, betas }): ContestRequest => ({
        source,
        settings: { ...settings, split },
        judge,
        learner: 'regression',
        // The largest sizes take longest: with them first, the time left is no promise that grows.
        betas: [...betas].reverse(),
        contenders: [{ name, draws }],
      })),
    );
    const told = new Set<string>();
    const reports = await services.contest(jobs, {
      signal: events.signal,
      onTrial({ settings: { split } }, { contender, beta }) {
        const trial = `${split} ${contender} ${beta}`;
        if (told.has(trial)) return;
        told.add(trial);
        events.onTried(contender, beta);
      },
    });
    return splits.flatMap((split) => {
      const own = reports.filter((report) => report.split === split);
      return own.length === 0 ? [] : [{ ...own[0], trials: own.flatMap(({ trials }) => trials) }];
    });
  }

  function searchWith(subject: AnswerSubject): (options: Required<CallOptions>) => Promise<Answer> {
    return async ({ signal, onProgress }) => {
      const started = Date.now();
      const contenders = searched(subject);
      const weigh = weigher(subject);
      const splits = answerSplits(subject.settings.split);
      /** Trials that are through, and their weight. */
      let done = 0;
      let lifted = 0;
      let metric: Answer['metric'] = 'mse';
      const evaluate: Evaluate = async (wanted, judge, left) => {
        const now = wanted.flatMap(({ contender, betas }) => betas.map((beta) => weigh(contender, beta)));
        const weight = now.reduce((sum, one) => sum + one, 0);
        // What follows is taken to weigh, each, what these do.
        const whole = lifted + splits.length * weight * (1 + left / now.length);
        const total = done + splits.length * (now.length + left);
        const report = (): void =>
          onProgress({ phase: PHASE, done, total, unit: 'trials', share: lifted / whole });
        report();
        const reports = await hold(
          subject,
          judge,
          wanted.map(({ contender, betas }) => ({
            ...(contenders.find(({ name }) => name === contender) ?? { name: contender, draws: 1 }),
            betas,
          })),
          {
            signal,
            onTried(contender, beta) {
              done++;
              lifted += weigh(contender, beta);
              report();
            },
          },
        );
        if (signal.aborted) throw new LabError('CANCELLED', 'The search was cancelled.');
        metric = reports[0].metric;
        return reports;
      };
      const found = await searchSizes(
        {
          counts: subject.bits.condensedSamples,
          trainRows: subject.full.samples,
          contenders: contenders.map(({ name }) => name),
          tolerances: TOLERANCES,
        },
        evaluate,
      );
      return {
        ...found,
        metric,
        splits,
        trainRows: subject.full.samples,
        seconds: (Date.now() - started) / 1000,
      };
    };
  }

  /** @param mayBeLong whether somebody asked for it; else it is ended where it takes too long, and waits */
  async function find(subject: AnswerSubject, mayBeLong: boolean): Promise<void> {
    rivals.clear();
    update({ waits: null });
    const began = Date.now();
    /** The first trial that was through: before it, workers were started and the dataset opened in each. */
    let first: { at: number; share: number } | null = null;
    const isTooLong = ({ updatedAt, share = 0 }: TaskProgress): boolean => {
      if (mayBeLong) return false;
      if (share > 0) first ??= { at: updatedAt, share };
      const gained = first === null ? 0 : share - first.share;
      const isMeasured = gained >= MEASURED_SHARE || updatedAt - began >= MEASURED_AFTER;
      if (!isMeasured) return false;
      const [since, through] = gained > 0 && first !== null ? [first.at, gained] : [began, share];
      const left = ((updatedAt - since) / 1000 / through) * (1 - share);
      if (left <= MOST_SECONDS) return false;
      update({ waits: Number.isFinite(left) ? left : estimateAnswer(subject) });
      return true;
    };
    const answer = await search.run(searchWith(subject), isTooLong);
    const advice = answer === null ? null : recommend(answer);
    if (advice !== null && estimateRivals(subject, advice) <= SHORT_RIVALS) await findRivals();
  }

  async function findRivals(): Promise<void> {
    const { task } = get().answer;
    const subject = subjectOf(get());
    const advice = task.value === null || task.stale ? null : recommend(task.value);
    if (subject === null || advice === null) return;
    const betas = [advice.best.beta];
    await rivals.run(async ({ signal, onProgress }) => {
      let done = 0;
      const total = answerSplits(subject.settings.split).length * RIVALS.length;
      const report = (): void =>
        onProgress({ phase: 'k-means of the same size', done, total, unit: 'trials' });
      const onTried = (): void => {
        done++;
        report();
      };
      report();
      const wanted = RIVALS.map((rival) => ({ ...rival, betas }));
      return pointsOf(await hold(subject, 'test', wanted, { signal, onTried }));
    });
  }

  /** Begins by itself, or says how long it would take. */
  function consider(): void {
    const subject = subjectOf(get());
    if (subject === null || current === null || considered === current || get().sweep.status === 'running')
      return;
    considered = current;
    const seconds = estimateAnswer(subject);
    if (seconds <= SHORT && !get().answer.isWhenAsked) void find(subject, false);
    else update({ waits: seconds });
  }

  /** Not later for what is told meanwhile: a descent that plays tells something all the time. */
  function considerSoon(): void {
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      consider();
    }, QUIET);
  }

  return {
    async findAnswer() {
      const subject = subjectOf(get());
      if (subject === null) return;
      considered = current;
      await find(subject, true);
    },
    cancelAnswer: () => search.cancel(),
    waitWithAnswer(isWhenAsked) {
      services.keepIsAnswerAsked(isWhenAsked);
      update({ isWhenAsked });
      const { task, waits } = get().answer;
      if (isWhenAsked || waits === null || task.status === 'running') return;
      update({ waits: null });
      considered = null;
      consider();
    },
    findRivals,
    cancelRivals: () => rivals.cancel(),
    takeBeta(beta) {
      const { settings, change } = get();
      if (beta === settings.beta) return;
      const { beta: before } = settings;
      change({ beta });
      messages.offerUndo(
        `β is ${beta} now.`,
        () => undefined,
        () => get().change({ beta: before }),
      );
    },
    follow(now, before) {
      const parts = ['kind', 'dataset', 'settings', 'learn', 'bits', 'archive', 'sweep'] as const;
      if (parts.every((part) => now[part] === before[part])) return;
      const key = answerKey(now);
      if (key !== current) {
        const isOther = key === null || now.dataset.value !== before.dataset.value;
        current = key;
        considered = null;
        if (isOther) search.clear();
        else search.outdate();
        rivals.clear();
        if (get().answer.waits !== null) update({ waits: null });
      }
      if (considered !== current && subjectOf(now) !== null) considerSoon();
    },
  };
}
