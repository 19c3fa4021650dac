import type { DatasetSummary, ReadingOptions } from '../../../contracts/codec.ts';
import { Button, Disclosure, Notice, Panel, Select, type Option } from '../../../ui/controls/index.ts';
import { formatPlural } from '../../../ui/format.ts';
import { useLab } from '../../useLab.ts';
import { MarkersField } from './MarkersField.tsx';
import { suggestedMarkers, withChoice, withMarkers } from './readingChoices.ts';
import type { ReadingDraft } from './useReadingDraft.ts';

const FORMAT_WORDS: Record<DatasetSummary['format'], string> = {
  csv: 'delimited text',
  libsvm: 'LIBSVM text',
  parquet: 'Parquet',
  archive: 'from an archive',
};

/** Why nothing can be said about the reading of a table that is not delimited text. */
const FIXED_WORDS: Record<Exclude<DatasetSummary['format'], 'csv'>, string> = {
  libsvm: 'LIBSVM text holds labels and numbers in one way only: there is nothing to choose.',
  parquet: 'A Parquet file names and types its columns itself: there is nothing to choose.',
  archive:
    'An archive holds the table as it was read when it was made. To read it in another way, open its file or sample again.',
};

/** Columns that a hint names before it counts the rest. */
const MOST_NAMES = 4;

interface ReadingPanelProps {
  dataset: DatasetSummary;
  draft: ReadingDraft;
}

/** How the file was taken apart, and every part of that open to another choice. */
export function ReadingPanel({ dataset, draft }: ReadingPanelProps) {
  const readAs = useLab((lab) => lab.readAs);
  const isChosen = Object.keys(draft.current).length > 0;
  const { format } = dataset;
  return (
    <Panel
      title="How it was read"
      caption={FORMAT_WORDS[format]}
      actions={isChosen && <Button onPress={() => void readAs({})}>Back to what was found</Button>}
    >
      <div className="reading">
        {dataset.dialect.length > 0 && (
          <dl className="dialect">
            {dataset.dialect.map(({ name, value }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
        {format === 'csv' && draft.hasFile ? (
          <>
            <MarkerHints dataset={dataset} draft={draft} />
            <Disclosure title="Read it another way" open={isChosen}>
              <DialectFields dataset={dataset} draft={draft} />
            </Disclosure>
          </>
        ) : (
          <p className="soft">{FIXED_WORDS[format === 'csv' ? 'archive' : format]}</p>
        )}
      </div>
    </Panel>
  );
}

/** Numbers that may stand for missing cells. Whether they do is for someone who knows the table to say. */
function MarkerHints({ dataset, draft }: ReadingPanelProps) {
  const readAs = useLab((lab) => lab.readAs);
  return suggestedMarkers(dataset.columns, draft.current).map(({ marker, columns }) => {
    const number = marker.replace('-', '−');
    const more = columns.length - MOST_NAMES;
    return (
      <Notice key={marker}>
        <p>
          <strong>{number} may stand for a missing cell.</strong> It lies far from all other values of{' '}
          {columns.slice(0, MOST_NAMES).join(', ')}
          {more > 0 && ` and ${formatPlural(more, 'more column')}`}.
        </p>
        <Button
          onPress={() => void readAs(withMarkers(draft.current, [...(draft.current.missing ?? []), marker]))}
        >
          Read {number} as missing
        </Button>
      </Notice>
    );
  });
}

const FOUND = 'found';

const DELIMITERS: Option[] = [
  { value: ',', label: 'Comma' },
  { value: ';', label: 'Semicolon' },
  { value: '\t', label: 'Tab' },
  { value: '|', label: 'Pipe' },
];
const HEADERS: Option[] = [
  { value: 'yes', label: 'The first row names the columns' },
  { value: 'no', label: 'There is none' },
];
const DECIMALS: Option[] = [
  { value: '.', label: 'Point: 3.14' },
  { value: ',', label: 'Comma: 3,14' },
];
const ENCODINGS: Option[] = [
  { value: 'utf-8', label: 'UTF-8' },
  { value: 'windows-1252', label: 'Windows-1252 (Western European)' },
  { value: 'utf-16le', label: 'UTF-16, little-endian' },
  { value: 'utf-16be', label: 'UTF-16, big-endian' },
];

function DialectFields({ dataset, draft }: ReadingPanelProps) {
  const { reading, say } = draft;
  /** The choices with what the reader finds by itself before them. */
  const withFound = (name: 'delimiter' | 'header' | 'decimal' | 'encoding', options: Option[]): Option[] => {
    const found = dataset.dialect.find((part) => part.name.toLowerCase().startsWith(name))?.value;
    const isFound = found !== undefined && draft.current[name] === undefined;
    return [{ value: FOUND, label: isFound ? `As found: ${found}` : 'As found' }, ...options];
  };
  const choose = (name: 'delimiter' | 'decimal' | 'encoding') => (value: string) =>
    say(withChoice(reading, name, value === FOUND ? undefined : (value as ReadingOptions[typeof name])));
  return (
    <div className="reading-fields">
      <Select
        label="Delimiter"
        value={reading.delimiter ?? FOUND}
        options={withFound('delimiter', DELIMITERS)}
        onChange={choose('delimiter')}
      />
      <Select
        label="Header"
        value={reading.header === undefined ? FOUND : reading.header ? 'yes' : 'no'}
        options={withFound('header', HEADERS)}
        onChange={(value) =>
          say(withChoice(reading, 'header', value === FOUND ? undefined : value === 'yes'))
        }
      />
      <Select
        label="Decimal sign"
        value={reading.decimal ?? FOUND}
        options={withFound('decimal', DECIMALS)}
        onChange={choose('decimal')}
      />
      <Select
        label="Encoding"
        value={reading.encoding ?? FOUND}
        options={withFound('encoding', ENCODINGS)}
        onChange={choose('encoding')}
      />
      <MarkersField
        markers={reading.missing ?? []}
        onChange={(markers) => say(withMarkers(reading, markers))}
      />
    </div>
  );
}
