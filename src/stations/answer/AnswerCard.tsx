import { useState } from 'react';
import { recommend, type Answer, type Point } from '../../contracts/answer.ts';
import { CONTENDER_METAS } from '../../contracts/plugins.ts';
import { copyText } from '../../platform/clipboard.ts';
import { download } from '../../platform/download.ts';
import {
  Button,
  Disclosure,
  DownloadIcon,
  ErrorNotice,
  Notice,
  Panel,
  ProgressLine,
  Switch,
} from '../../ui/controls/index.ts';
import { formatCount, formatPlural, formatRoughly } from '../../ui/format.ts';
import { fileStem } from '../fileStem.ts';
import type { Lab } from '../lab.ts';
import { BETA } from '../settings/controls.ts';
import { Governed } from '../settings/Governed.tsx';
import { useLab, useLabParts } from '../useLab.ts';
import { treesRows, treesVerdict } from '../trees.ts';
import { AnswerTable } from './AnswerTable.tsx';
import { answerCsv, answerJson, answerText } from './files.ts';
import { adviceOf, lossWords, storageWords, warningsOf, type Advice } from './words.ts';
import './answer.css';

/** Sentence that search and progress go by. */
const SEARCHING = 'Looking for the smallest sample that is enough';

/** "Can I shrink this and still learn?": the recommendation, what it rests on, and what to beware of. */
export function AnswerCard() {
  const { answer, findAnswer, cancelAnswer } = useLabParts((lab) => ({
    answer: lab.answer,
    findAnswer: lab.findAnswer,
    cancelAnswer: lab.cancelAnswer,
  }));
  const { task, waits } = answer;
  const { value, status, stale, progress, error } = task;
  const isSearching = status === 'running';
  const isAsked = !isSearching && status !== 'failed' && (value === null || stale);
  return (
    <Panel
      name="answer"
      title="Can I shrink this and still learn?"
      caption={value === null ? undefined : captionOf(value)}
      actions={value === null || stale ? undefined : <TakeAway answer={value} />}
    >
      {isSearching && <ProgressLine progress={progress} label={SEARCHING} onCancel={cancelAnswer} />}
      {status === 'failed' && error !== null && (
        <ErrorNotice error={error} isQuiet onRetry={() => void findAnswer()} />
      )}
      {isAsked && <Asked waits={waits} isCancelled={status === 'cancelled'} />}
      {value !== null && !stale && <Answered answer={value} />}
    </Panel>
  );
}

function captionOf({ metric, splits }: Answer): string {
  const error = metric === 'mse' ? 'mean squared error' : 'log loss';
  return `ratios are of the ${error} on the test records, over ${formatPlural(splits.length, 'split')}`;
}

/** Before there is an answer: that it follows, or what it would take. */
function Asked({ waits, isCancelled }: { waits: number | null; isCancelled: boolean }) {
  const { isReady, findAnswer } = useLabParts(({ learn, findAnswer: find }) => ({
    isReady: [learn.full, learn.condensed].every(
      ({ closedForm }) => closedForm.status === 'done' && !closedForm.stale,
    ),
    findAnswer: find,
  }));
  if (waits === null && !isCancelled)
    return <p className="soft">The answer follows once both models are solved exactly.</p>;
  return (
    <div className="answer-asked off-paper">
      <p>
        Finds the smallest number of samples that is enough, on several splits, with random samples of each
        size beside them.
      </p>
      <Button variant="primary" isDisabled={!isReady} onPress={() => void findAnswer()}>
        {waits === null ? 'Find out' : `Find out (${formatRoughly(waits)})`}
      </Button>
      <ByItself />
    </div>
  );
}

/** Whether the answer comes by itself; on a slow machine, or on a battery, it need not. */
function ByItself() {
  const { isWhenAsked, waitWithAnswer } = useLabParts((lab) => ({
    isWhenAsked: lab.answer.isWhenAsked,
    waitWithAnswer: lab.waitWithAnswer,
  }));
  return (
    <div className="answer-choice off-paper">
      <Switch
        label="Answer by itself when it only takes seconds"
        value={!isWhenAsked}
        onChange={(isByItself) => waitWithAnswer(!isByItself)}
      />
    </div>
  );
}

/** What the warnings are about. */
function warned({ learn, bits, examined }: Lab): Omit<Parameters<typeof warningsOf>[0], 'answer'> {
  return {
    full: learn.full.closedForm.value,
    bits: bits.value,
    examined: examined.stale ? null : examined.value,
  };
}

function Answered({ answer }: { answer: Answer }) {
  const advice = adviceOf(answer);
  const about = useLabParts(warned);
  const warnings = warningsOf({ answer, ...about });
  return (
    <div className="answer">
      <div className="answer-advice">
        <p className={`answer-word answer-${advice.answer.toLowerCase()}`}>{advice.answer}</p>
        <div className="answer-sentences">
          {advice.sentences.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
        <UseIt advice={advice} />
      </div>
      <AnswerTable answer={answer} />
      <Rivals answer={answer} />
      <OtherModel answer={answer} />
      <Storage />
      {warnings.length > 0 && (
        <Notice tone="warning">
          {warnings.map((warning) => (
            <p key={warning}>{warning}</p>
          ))}
        </Notice>
      )}
      <About answer={answer} />
    </div>
  );
}

function UseIt({ advice: { beta } }: { advice: Advice }) {
  const { current, takeBeta } = useLabParts((lab) => ({
    current: lab.settings.beta,
    takeBeta: lab.takeBeta,
  }));
  if (beta === null) return null;
  if (beta === current) return <p className="soft answer-used">β = {beta} is in use.</p>;
  return (
    <Governed control={BETA}>
      <Button variant="primary" onPress={() => takeBeta(beta)}>
        Use it (β = {formatCount(beta)})
      </Button>
    </Governed>
  );
}

/** The costlier contenders at the recommended size, or the button that tries them. */
function Rivals({ answer }: { answer: Answer }) {
  const { rivals, findRivals, cancelRivals } = useLabParts((lab) => ({
    rivals: lab.answer.rivals,
    findRivals: lab.findRivals,
    cancelRivals: lab.cancelRivals,
  }));
  const advice = recommend(answer);
  if (advice === null) return null;
  const { status, value, progress, error } = rivals;
  if (status === 'running')
    return <ProgressLine progress={progress} label="k-means of the same size" onCancel={cancelRivals} />;
  if (status === 'failed' && error !== null)
    return <ErrorNotice error={error} isQuiet onRetry={() => void findRivals()} />;
  if (value === null)
    return (
      <div className="answer-line">
        <p>k-means centres of that size take longer to make.</p>
        <Button onPress={() => void findRivals()}>Try k-means</Button>
      </div>
    );
  return value.map((point) => <p key={point.contender}>{rivalWords(point)}</p>);
}

/** Whether the advice holds of boosted trees too, at the recommended size; the panel of trees has the numbers. */
function OtherModel({ answer }: { answer: Answer }) {
  const { trees, tryTrees, cancelTrees } = useLabParts((lab) => ({
    trees: lab.trees,
    tryTrees: lab.tryTrees,
    cancelTrees: lab.cancelTrees,
  }));
  const advice = recommend(answer);
  if (advice === null) return null;
  const { beta } = advice.best;
  const { value, status, stale, progress } = trees;
  if (status === 'running')
    return <ProgressLine progress={progress} label="Boosting trees" onCancel={cancelTrees} />;
  const isOfIt = value !== null && !stale && value.trials.every((trial) => trial.beta === beta);
  const verdict = isOfIt ? treesVerdict(treesRows(value), value.metric) : null;
  if (verdict !== null) return <p>{verdict.sentence}</p>;
  return (
    <div className="answer-line">
      <p>All of this is of the {answer.metric === 'mse' ? 'linear' : 'logistic'} model. Trees may differ.</p>
      <Button onPress={() => void tryTrees(beta)}>Try boosted trees</Button>
    </div>
  );
}

function rivalWords({ contender, samples, ratio }: Point): string {
  const label = CONTENDER_METAS.find(contender)?.label ?? contender;
  return `${label} with ${formatCount(Math.round(samples))} centres, which costs far more to make, has ${lossWords(ratio)}.`;
}

/** What storing takes, against the others where they have been measured. */
function Storage() {
  const { archive, peers, measurePeers, cancelPeers } = useLabParts((lab) => ({
    archive: lab.archive,
    peers: lab.peers,
    measurePeers: lab.measurePeers,
    cancelPeers: lab.cancelPeers,
  }));
  if (archive.value === null || archive.stale) return null;
  const isRunning = peers.task.status === 'running';
  const isMeasured = peers.task.status === 'done' && !peers.task.stale;
  return (
    <div className="answer-line">
      <p>{storageWords(archive.value, isMeasured ? peers.rows : [])}</p>
      {isRunning ? (
        <ProgressLine progress={peers.task.progress} label="Measuring the others" onCancel={cancelPeers} />
      ) : (
        !isMeasured && <Button onPress={() => void measurePeers()}>Compare with gzip, zstd, Parquet</Button>
      )}
    </div>
  );
}

function About({ answer: { tried, splits, seconds } }: { answer: Answer }) {
  return (
    <Disclosure about="this answer">
      <p>
        Sizes are tried from coarse to fine on {formatPlural(splits.length, 'split')}: every contender is made
        of four fifths of the training records and judged by the last fifth. A size is sufficient where every
        larger one that was tried is too. Only then are the test records asked, and the ratios here are
        theirs: for condensed samples the mean over the splits, for samples that are drawn the median over all
        draws. {formatCount(tried.length)} sizes were tried in {formatRoughly(seconds)}.
      </p>
      <ByItself />
    </Disclosure>
  );
}

function TakeAway({ answer }: { answer: Answer }) {
  const lab = useLabParts(({ dataset, settings, answer: { rivals }, archive, peers }) => ({
    dataset: dataset.value,
    settings,
    rivals: rivals.value,
    archive: archive.value,
    peers,
  }));
  const about = useLabParts(warned);
  const [copied, setCopied] = useState<'yes' | 'no' | null>(null);
  const { dataset, settings } = lab;
  const say = useLab(({ say: tell }) => tell);
  if (dataset === null) return null;
  const file = (extension: string): string => `${fileStem(dataset.name)}-answer.${extension}`;
  const copy = async (): Promise<void> => {
    const advice = adviceOf(answer);
    const rivals = (lab.rivals ?? []).map(rivalWords);
    const isMeasured = lab.peers.task.status === 'done' && !lab.peers.task.stale;
    const storage = lab.archive === null ? [] : [storageWords(lab.archive, isMeasured ? lab.peers.rows : [])];
    const [first, ...rest] = advice.sentences;
    const text = answerText(
      dataset.name,
      [`${advice.answer}: ${first}`, ...rest, ...rivals, ...storage],
      warningsOf({ answer, ...about }),
    );
    const isCopied = await copyText(text);
    setCopied(isCopied ? 'yes' : 'no');
    if (!isCopied)
      say({ tone: 'warning', code: null, what: 'The browser did not let the text be copied.', todo: null });
  };
  const json = (): string => {
    const { id, name, rows } = dataset;
    const record = { dataset: { id, name, rows }, settings, answer, rivals: lab.rivals ?? [] };
    return answerJson(record, __APP_VERSION__);
  };
  return (
    <>
      <Button onPress={() => void copy()}>{copied === 'yes' ? 'Copied' : 'Copy as text'}</Button>
      <Button
        icon={<DownloadIcon />}
        onPress={() => download(file('csv'), answerCsv(answer), 'text/csv')}
        aria-label="Save the answer as CSV"
      >
        CSV
      </Button>
      <Button
        icon={<DownloadIcon />}
        onPress={() => download(file('json'), json(), 'application/json')}
        aria-label="Save the answer as JSON"
      >
        JSON
      </Button>
    </>
  );
}
