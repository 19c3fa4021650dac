import { useDeferredValue, useEffect, useRef, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import type { DatasetSummary, TargetSuggestion } from '../contracts/codec.ts';
import { Button, TextField, useFocusHeir } from '../ui/controls/index.ts';
import { formatCount } from '../ui/format.ts';
import { useLabParts } from './useLab.ts';
import './targetQuestion.css';

/** Suggestions that stand out. */
const FIRST = 3;
/** From so many other columns on one wants to look for them. */
const MANY = 20;
/** Columns listed at once. */
const MOST_LISTED = 100;

/** Tables whose question has had the focus: it is given once, when the table has come. */
const seen = new WeakSet<DatasetSummary>();

/** "What should be predicted?", where a table came without an answer; nothing where it is not asked. */
export function TargetQuestion() {
  const { dataset, isAsked } = useLabParts((lab) => ({
    dataset: lab.dataset.value,
    isAsked: lab.asksTarget,
  }));
  return dataset === null || !isAsked ? null : <Question dataset={dataset} />;
}

function Question({ dataset }: { dataset: DatasetSummary }) {
  const { target, drop, answerTarget, keepTarget } = useLabParts((lab) => ({
    target: lab.settings.target,
    drop: lab.settings.drop,
    answerTarget: lab.answerTarget,
    keepTarget: lab.keepTarget,
  }));
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (seen.has(dataset)) return;
    seen.add(dataset);
    heading.current?.focus();
  }, [dataset]);

  const dropped = new Set(drop);
  const offered = dataset.targets.filter(({ column }) => !dropped.has(column));
  const likely = offered.filter(({ rank }) => rank === 'likely').slice(0, FIRST);
  const first = likely.length > 0 ? likely : offered.filter(({ rank }) => rank === 'possible').slice(-1);
  return (
    <section className="panel target-question" aria-labelledby="target-question">
      <h3 id="target-question" ref={heading} tabIndex={-1}>
        What should be predicted?
      </h3>
      <p className="soft">
        {target === null
          ? 'One column of the table. Nothing is trained until you say which; meanwhile the table is compressed.'
          : `Now it is “${target}”. Its results stay until you choose another column.`}
      </p>
      {first.length > 0 && (
        <ul className="target-first">
          {first.map(({ column, reason }) => (
            <li key={column}>
              <Answer column={column} reason={reason} onPress={() => answerTarget(column)} />
            </li>
          ))}
        </ul>
      )}
      <Others dataset={dataset} offered={offered.filter((one) => !first.includes(one))} />
      <p className="target-none">
        <Button onPress={() => answerTarget(null)}>Only compress: predict nothing</Button>
        {target !== null && (
          <Button variant="quiet" onPress={keepTarget}>
            Keep “{target}”
          </Button>
        )}
      </p>
    </section>
  );
}

interface AnswerProps {
  column: string;
  reason: string;
  onPress: () => void;
}

/** A column that is likely meant. */
function Answer({ column, reason, onPress }: AnswerProps) {
  const button = useRef<HTMLButtonElement>(null);
  useFocusHeir(button, false);
  return (
    <AriaButton ref={button} className="target-answer" onPress={onPress}>
      <strong>{column}</strong>
      <span>{reason}</span>
    </AriaButton>
  );
}

interface OthersProps {
  dataset: DatasetSummary;
  offered: readonly TargetSuggestion[];
}

/** The other columns: each can be chosen that a model can predict, the unlikely ones pale and with the reason. */
function Others({ dataset, offered }: OthersProps) {
  const answerTarget = useLabParts((lab) => ({ answer: lab.answerTarget })).answer;
  const [letters, setLetters] = useState('');
  const wanted = useDeferredValue(letters).trim().toLowerCase();
  if (offered.length === 0) return null;
  const able = new Set(dataset.columns.flatMap(({ name, targetEligible }) => (targetEligible ? [name] : [])));
  const matching = offered.filter(({ column }) => column.toLowerCase().includes(wanted));
  const more = matching.length - MOST_LISTED;
  return (
    <div className="target-others">
      <h4>Or another column</h4>
      {offered.length >= MANY && (
        <TextField label="Find a column" type="search" value={letters} onChange={setLetters} />
      )}
      <ul>
        {matching.slice(0, MOST_LISTED).map(({ column, reason, rank }) => (
          <li key={column} className={rank === 'unlikely' ? 'target-unlikely' : undefined}>
            {able.has(column) ? (
              <Button onPress={() => answerTarget(column)}>{column}</Button>
            ) : (
              <span className="target-name">{column}</span>
            )}
            <span className="soft small">{reason}</span>
          </li>
        ))}
      </ul>
      {matching.length === 0 && <p className="soft">No column matches.</p>}
      {more > 0 && <p className="soft small">And {formatCount(more)} more: write a part of the name.</p>}
    </div>
  );
}
