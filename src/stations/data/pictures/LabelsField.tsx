import { useState } from 'react';
import type { DroppedFile, ImageSource } from '../../../contracts/images.ts';
import { Button, Notice, Select, type Option } from '../../../ui/controls/index.ts';
import { useLabParts } from '../../useLab.ts';

type Files = Extract<ImageSource, { kind: 'files' }>;

const FOUND = 'found';
/** Files that are listed as possible labels. */
const MOST_FILES = 200;
const PICTURE = /\.(png|jpe?g|webp|gif|bmp)$/i;

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

/** Labels that could not be found by the names of the files are asked for. */
export function LabelsQuestion() {
  const { error, tried, loadImages } = useLabParts((lab) => ({
    error: lab.images.dataset.error,
    tried: lab.images.tried ?? null,
    loadImages: lab.loadImages,
  }));
  const [chosen, setChosen] = useState<string>();
  const isAsked = error?.code === 'IMAGES_LABELS_MISSING' || error?.code === 'IMAGES_LABELS_MISMATCH';
  if (!isAsked || tried?.kind !== 'files' || labelCandidates(tried).length === 0) return null;
  return (
    <Notice>
      <p>
        <strong>Which of these files holds the labels?</strong> Their names do not tell.
      </p>
      <div className="labels-question">
        <LabelsField source={tried} value={chosen} onChange={setChosen} />
        <Button
          variant="primary"
          isDisabled={chosen === undefined}
          onPress={() => void loadImages({ ...tried, reading: { ...tried.reading, labels: chosen } })}
        >
          Read with these labels
        </Button>
      </div>
    </Notice>
  );
}
