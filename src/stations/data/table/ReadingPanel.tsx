import type { DatasetSummary, ReadingOptions } from '../../../contracts/codec.ts';
import {
  Button,
  Disclosure,
  Notice,
  Panel,
  Select,
  Switch,
  type Option,
} from '../../../ui/controls/index.ts';
import { formatPlural } from '../../../ui/format.ts';
import { useLab } from '../../useLab.ts';
import { BackToFound } from '../BackToFound.tsx';
import { MarkersField } from './MarkersField.tsx';
import {
  lossyColumns,
  strayWords,
  suggestedMarkers,
  withChoice,
  withMarkers,
  withType,
} from './readingChoices.ts';
import type { ReadingDraft } from './useReadingDraft.ts';

const FORMAT_WORDS: Record<DatasetSummary['format'], string> = {
  csv: 'delimited text',
  json: 'JSON records',
  libsvm: 'LIBSVM text',
  parquet: 'Parquet',
  xlsx: 'sheet of a workbook',
  archive: 'from an archive',
};

/** Formats that leave something open. */
type Open = 'csv' | 'json' | 'xlsx';
type Field = 'delimiter' | 'sheet' | 'header' | 'decimal' | 'encoding';
/** What can be said of each; of all, which cells are missing, and whether empty records stay. */
const FIELDS: Record<Open, readonly Field[]> = {
  csv: ['delimiter', 'header', 'decimal', 'encoding'],
  json: ['encoding'],
  xlsx: ['sheet', 'header'],
};

const isOpen = (format: DatasetSummary['format']): format is Open => Object.hasOwn(FIELDS, format);

/** What little can be said about the reading of a table whose format leaves nothing open. */
const FIXED_WORDS: Record<Exclude<DatasetSummary['format'], Open>, string> = {
  libsvm: 'LIBSVM text holds labels and numbers in one way only: there is nothing to choose.',
  parquet:
    'A Parquet file names and types its columns itself. Another type can be chosen in the table of columns.',
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
      name="reading"
      title="How it was read"
      caption={FORMAT_WORDS[format]}
      actions={isChosen && <BackToFound draft={draft} onRead={() => readAs({})} />}
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
        {draft.hasFile && (
          <>
            <StrayWordHints dataset={dataset} draft={draft} />
            <LossHint dataset={dataset} draft={draft} />
          </>
        )}
        {isOpen(format) && draft.hasFile ? (
          <>
            <MarkerHints dataset={dataset} draft={draft} />
            <Disclosure title="Read it another way" open={isChosen}>
              <DialectFields dataset={dataset} draft={draft} fields={FIELDS[format]} />
            </Disclosure>
          </>
        ) : (
          <>
            <p className="soft">{FIXED_WORDS[isOpen(format) || !draft.hasFile ? 'archive' : format]}</p>
            {draft.hasFile && dataset.notices.some(({ code }) => code === 'empty-records') && (
              <EmptyRecordsField draft={draft} />
            )}
          </>
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
    return (
      <Notice key={marker}>
        <p>
          <strong>{number} may stand for a missing cell.</strong> It lies far from all other values of{' '}
          {listed(columns)}.
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

/** "co, no and 3 more columns" */
function listed(columns: readonly string[]): string {
  const more = columns.length - MOST_NAMES;
  const named = columns.slice(0, MOST_NAMES).join(', ');
  return more > 0 ? `${named} and ${formatPlural(more, 'more column')}` : named;
}

/** Words that keep a column of numbers from being one. */
function StrayWordHints({ dataset, draft }: ReadingPanelProps) {
  const readAs = useLab((lab) => lab.readAs);
  return strayWords(dataset).map(({ marker, columns }) => (
    <Notice key={marker}>
      <p>
        <strong>“{marker}” may stand for a missing cell.</strong> But for such words{' '}
        {columns.length === 1 ? 'this column holds' : 'these columns hold'} numbers or times:{' '}
        {listed(columns)}.
      </p>
      <Button
        onPress={() => void readAs(withMarkers(draft.current, [...(draft.current.missing ?? []), marker]))}
      >
        Read “{marker}” as missing
      </Button>
    </Notice>
  ));
}

/** Words, and dates without end, that were read as missing cells. */
function LossHint({ dataset, draft }: ReadingPanelProps) {
  const readAs = useLab((lab) => lab.readAs);
  const columns = lossyColumns(dataset);
  if (columns.length === 0) return null;
  return (
    <Notice>
      <p>
        <strong>Some cells were read as missing</strong> in {listed(columns)}, and what stood in them is not
        kept. As text a column keeps it.
      </p>
      <Button
        onPress={() =>
          void readAs(columns.reduce((reading, column) => withType(reading, column, 'text'), draft.current))
        }
      >
        {columns.length === 1 ? 'Keep it as text' : 'Keep them as text'}
      </Button>
    </Notice>
  );
}

function EmptyRecordsField({ draft }: Pick<ReadingPanelProps, 'draft'>) {
  return (
    <Switch
      label="Keep empty records"
      value={draft.reading.emptyRecords === 'kept'}
      onChange={(kept) => draft.say(withChoice(draft.reading, 'emptyRecords', kept ? 'kept' : undefined))}
      hint="Records without a value in any column are left out otherwise."
    />
  );
}

const FOUND = 'found';
/** Sheets that are offered; a link names any. */
const MOST_SHEETS = 100;

const DELIMITERS: Option[] = [
  { value: ',', label: 'Comma' },
  { value: ';', label: 'Semicolon' },
  { value: '\t', label: 'Tab' },
  { value: '|', label: 'Pipe' },
  { value: '::', label: 'Double colon' },
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

function DialectFields({ dataset, draft, fields }: ReadingPanelProps & { fields: readonly Field[] }) {
  const { reading, say } = draft;
  /** The choices with what the reader finds by itself before them. */
  const withFound = (name: Field, options: Option[]): Option[] => {
    const found = dataset.dialect.find((part) => part.name.toLowerCase().startsWith(name))?.value;
    const isFound = found !== undefined && draft.current[name] === undefined;
    return [{ value: FOUND, label: isFound ? `As found: ${found}` : 'As found' }, ...options];
  };
  const choose = (name: Exclude<Field, 'header'>) => (value: string) =>
    say(withChoice(reading, name, value === FOUND ? undefined : (value as ReadingOptions[typeof name])));
  return (
    <div className="reading-fields">
      {fields.includes('delimiter') && (
        <Select
          label="Delimiter"
          value={reading.delimiter ?? FOUND}
          options={withFound('delimiter', DELIMITERS)}
          onChange={choose('delimiter')}
        />
      )}
      {fields.includes('sheet') && (
        <Select
          label="Sheet"
          value={reading.sheet ?? FOUND}
          options={withFound(
            'sheet',
            (dataset.sheets ?? []).slice(0, MOST_SHEETS).map((sheet) => ({ value: sheet, label: sheet })),
          )}
          onChange={choose('sheet')}
        />
      )}
      {fields.includes('header') && (
        <Select
          label="Header"
          value={reading.header === undefined ? FOUND : reading.header ? 'yes' : 'no'}
          options={withFound('header', HEADERS)}
          onChange={(value) =>
            say(withChoice(reading, 'header', value === FOUND ? undefined : value === 'yes'))
          }
        />
      )}
      {fields.includes('decimal') && (
        <Select
          label="Decimal sign"
          value={reading.decimal ?? FOUND}
          options={withFound('decimal', DECIMALS)}
          onChange={choose('decimal')}
        />
      )}
      {fields.includes('encoding') && (
        <Select
          label="Encoding"
          value={reading.encoding ?? FOUND}
          options={withFound('encoding', ENCODINGS)}
          onChange={choose('encoding')}
        />
      )}
      <MarkersField
        markers={reading.missing ?? []}
        onChange={(markers) => say(withMarkers(reading, markers))}
      />
      <EmptyRecordsField draft={draft} />
    </div>
  );
}
