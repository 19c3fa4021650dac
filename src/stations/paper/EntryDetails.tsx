import { Heading } from 'react-aria-components/Heading';
import { copyText } from '../../platform/clipboard.ts';
import { Button } from '../../ui/controls/index.ts';
import { formatBytes, formatCount, formatPercent, formatSeconds } from '../../ui/format.ts';
import { networkWords } from '../training/words.ts';
import { secondsOf, type Evidence } from './evidence.ts';
import { SOURCE_WORDS, type SheetRow, type Source } from './sheet.ts';
import { rowWords, seedsWords, valueWords } from './words.ts';

/** How an entry was measured: every seed with its time, where and when, and the command that makes it again. */
export function EntryDetails({ row, source }: { row: SheetRow; source: Source }) {
  const { values, evidence } = row.entries[source];
  const { accuracy } = values;
  const [first] = evidence;
  if (accuracy === undefined || first === undefined) return null;
  const places = [...new Set(evidence.map(({ where }) => where))];
  const { result } = first;
  return (
    <>
      <Heading slot="title" className="paper-details-title">
        {SOURCE_WORDS[source]}: {rowWords(row)}
      </Heading>
      <p>
        {valueWords('accuracy', accuracy, true)} % over {seedsWords(evidence.length)}.{' '}
        {networkWords(result.model, result.width)}, {formatCount(result.epochs)} epochs, on{' '}
        {places.join(' and ')}.
      </p>
      <ul className="paper-seeds">
        {evidence.map((one, k) => (
          <li key={k}>
            <SeedLine evidence={one} />
          </li>
        ))}
      </ul>
    </>
  );
}

function SeedLine({ evidence }: { evidence: Evidence }) {
  const { result, date, command } = evidence;
  const { seconds, selection } = result;
  const taken = secondsOf(evidence);
  return (
    <>
      <p>
        <b>Seed {result.seed}</b>: {formatPercent(result.accuracy, 2)}
        {taken === null
          ? ', not timed, as other work ran beside it'
          : ` in ${formatSeconds(taken)}, ${formatSeconds(seconds.select)} of them selecting`}
        ; {formatPercent(result.distinctRecordsRead / result.trainRecords)} of the pictures met in training;{' '}
        {date}.
        {selection !== null && (
          <>
            {' '}
            {formatCount(selection.refreshes)} selections of {formatCount(selection.seen)} pictures,{' '}
            {formatBytes(selection.bytes)} held
            {selection.filled > 0 && `, ${formatCount(selection.filled)} filled up at random`}.
          </>
        )}
      </p>
      {command !== null && (
        <p className="paper-command">
          <code>{command}</code>
          <Button variant="quiet" onPress={() => void copyText(command)}>
            Copy
          </Button>
        </p>
      )}
    </>
  );
}
