import { useState } from 'react';
import type { DroppedFile, ImageSource } from '../../../contracts/images.ts';
import { Button, Notice, Select, TextField, type Option } from '../../../ui/controls/index.ts';
import { useLabParts } from '../../useLab.ts';

type Files = Extract<ImageSource, { kind: 'files' }>;

const FOUND = 'found';
/** Files that are listed as possible labels. */
const MOST_FILES = 200;
/** Files in which labels may lie that are not seen from outside. */
const PACKED = /\.(?:zip|tar|tgz|gz|parquet)$/i;
const PICTURE = /\.(png|jpe?g|webp|gif|bmp|parquet)$/i;

/** Files that may hold labels: any but pictures, as far as their names tell. One file alone leaves no choice. */
export function labelCandidates({ files }: Files): DroppedFile[] {
  if (files.length < 2) return [];
  return files.filter(({ path }) => !PICTURE.test(path)).slice(0, MOST_FILES);
}

interface LabelsFieldProps {
  source: Files;
  value: string | undefined;
  onChange: (path: string | undefined) => void;
}

/** Which of the files holds the labels. */
export function LabelsField({ source, value, onChange }: LabelsFieldProps) {
  const options: Option[] = [
    { value: FOUND, label: 'As found by their names' },
    ...labelCandidates(source).map(({ path }) => ({ value: path, label: path })),
  ];
  return (
    <Select
      label="File with the labels"
      value={value ?? FOUND}
      options={options}
      onChange={(path) => onChange(path === FOUND ? undefined : path)}
      hint="The class of every picture, one after the other."
    />
  );
}

interface LabelColumnFieldProps {
  value: string | undefined;
  hint: string;
  onChange: (name: string | undefined) => void;
}

/** Which column of a table holds the labels. Said when it is left, so that half a name is no choice. */
export function LabelColumnField({ value, hint, onChange }: LabelColumnFieldProps) {
  const [typed, setTyped] = useState(value ?? '');
  return (
    <div
      onBlur={() => {
        if (typed !== (value ?? '')) onChange(typed === '' ? undefined : typed);
      }}
    >
      <TextField
        label="Column of labels"
        value={typed}
        placeholder="as found"
        onChange={setTyped}
        hint={hint}
      />
    </div>
  );
}

const ASKED_AFTER = new Set([
  'IMAGES_LABELS_MISSING',
  'IMAGES_LABELS_MISMATCH',
  'IMAGES_LABELS_AMBIGUOUS',
  'COLUMN_UNKNOWN',
]);

/** Labels that could not be found by the names of files and columns are asked for. */
export function LabelsQuestion() {
  const { error, tried, loadImages } = useLabParts((lab) => ({
    error: lab.images.dataset.error,
    tried: lab.images.tried ?? null,
    loadImages: lab.loadImages,
  }));
  const [chosen, setChosen] = useState<string>();
  const [column, setColumn] = useState<string>();
  if (error === null || !ASKED_AFTER.has(error.code) || tried?.kind !== 'files') return null;
  const hasFiles = labelCandidates(tried).length > 0;
  if (!hasFiles && !tried.files.some(({ path }) => PACKED.test(path))) return null;
  return (
    <Notice>
      <p>
        <strong>
          {hasFiles ? 'Which of these files holds the labels?' : 'Which column holds the labels?'}
        </strong>{' '}
        Their names do not tell.
      </p>
      <div className="labels-question">
        {hasFiles && <LabelsField source={tried} value={chosen} onChange={setChosen} />}
        <LabelColumnField
          value={column}
          hint="Its name in the first row, where the file is a table."
          onChange={setColumn}
        />
        <Button
          variant="primary"
          isDisabled={chosen === undefined && column === undefined}
          onPress={() =>
            void loadImages({
              ...tried,
              reading: {
                ...tried.reading,
                ...(chosen !== undefined && { labels: chosen }),
                ...(column !== undefined && { labelColumn: column }),
              },
            })
          }
        >
          Read with these labels
        </Button>
      </div>
    </Notice>
  );
}
