import { Button, Notice } from '../ui/controls/index.ts';
import { formatCount, formatPlural } from '../ui/format.ts';
import { leakWords } from './leakWords.ts';
import { featuresInUse, namedFeatures } from './roles.ts';
import { useLabParts } from './useLab.ts';
import './leftOutProposals.css';

/** Features that had better be left out, each with the reason and one press: leaks of the target, and identifiers. */
export function LeftOutProposals() {
  const { examined, columns, settings, change } = useLabParts((lab) => ({
    examined: lab.examined,
    columns: lab.dataset.value?.columns ?? null,
    settings: lab.settings,
    change: lab.change,
  }));
  const found = examined.value;
  if (found === null || columns === null || examined.stale || found.target !== settings.target) return null;
  const { leaks, ids, target } = found;
  const proposals = [
    ...leaks.map((leak) => ({ names: leak.columns, text: leakWords(leak, target) })),
    ...ids.map(({ column, reason }) => ({
      names: [column],
      text: `${column}: ${reason} It says who a record is, not what it is like.`,
    })),
  ];
  if (proposals.length === 0) return null;
  const leaveOut = (names: readonly string[]): void => {
    const kept = featuresInUse(columns, settings).filter((name) => !names.includes(name));
    change({ features: namedFeatures(columns, settings, kept) });
  };
  return (
    <section aria-label="Better left out">
      <Notice tone="warning">
        <p>
          <strong>{leaks.length > 0 ? 'The answer is among the features' : 'Better left out'}</strong>
        </p>
        <ul className="left-out-proposals">
          {proposals.map(({ names, text }) => (
            <li key={names.join('\u0000')}>
              <span>{text}</span>{' '}
              <Button onPress={() => leaveOut(names)}>
                Leave{' '}
                {names.length === 1 ? 'it' : names.length === 2 ? 'both' : `all ${formatCount(names.length)}`}{' '}
                out
              </Button>
            </li>
          ))}
        </ul>
        {proposals.length > 1 && (
          <p>
            <Button onPress={() => leaveOut(proposals.flatMap(({ names }) => names))}>
              Leave all of them out
            </Button>
          </p>
        )}
        {leaks.length > 0 && found.rows < found.trainRows && (
          <p className="soft small">
            Looked for in {formatCount(found.rows)} of {formatPlural(found.trainRows, 'training record')}.
          </p>
        )}
      </Notice>
    </section>
  );
}
