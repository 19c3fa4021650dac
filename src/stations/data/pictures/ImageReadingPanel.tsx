import type {
  DepthFacts,
  ImageFormat,
  ImageReading,
  ImageSource,
  ImageSummary,
} from '../../../contracts/images.ts';
import { Disclosure, NumberField, Panel, Select, type Option } from '../../../ui/controls/index.ts';
import { useLabParts } from '../../useLab.ts';
import { formatCount, formatPlural } from '../../../ui/format.ts';
import { BackToFound } from '../BackToFound.tsx';
import { labelCandidates, LabelColumnField, LabelsField } from './LabelsField.tsx';
import { SIZE_RULES } from './sizes.ts';
import type { ImageDraft } from './useImageDraft.ts';

const FORMAT_WORDS: Record<ImageSummary['format'], string> = {
  idx: 'IDX files',
  cifar: 'CIFAR binary batches',
  npy: 'NumPy arrays',
  csv: 'a table of pixels',
  parquet: 'a table of picture files',
  sheet: 'a sheet of pictures with labels',
  zip: 'a zip of pictures',
  folder: 'a folder of pictures',
  archive: 'from an archive',
};

const FIXED =
  'An archive holds the pictures as they were read when it was made. To read them in another way, open their files or sample again.';

interface ImageReadingPanelProps {
  dataset: ImageSummary;
  draft: ImageDraft;
}

/** How the pictures were read, and what of that is open to another choice. */
export function ImageReadingPanel({ dataset, draft }: ImageReadingPanelProps) {
  const { source, readImagesAs } = useLabParts((lab) => ({
    source: lab.images.source,
    readImagesAs: lab.readImagesAs,
  }));
  const { format } = dataset;
  const isChosen = Object.keys(draft.current).length > 0;
  return (
    <Panel
      name="reading"
      title="How they were read"
      caption={FORMAT_WORDS[format]}
      actions={isChosen && <BackToFound draft={draft} onRead={() => readImagesAs({})} />}
    >
      {format === 'archive' || !draft.hasFiles ? (
        <>
          <p className="soft">{FIXED}</p>
          {dataset.depth !== null && <p className="soft">{depthWords(dataset.depth)}</p>}
        </>
      ) : (
        <Disclosure title="Read them another way" open={isChosen}>
          <div className="reading-fields">
            <ReadingFields format={format} dataset={dataset} draft={draft} source={source} />
          </div>
        </Disclosure>
      )}
    </Panel>
  );
}

/** What became of 16 bits a value, in a sentence. */
function depthWords({ rule, pictures, low, high }: DepthFacts): string {
  const range = `from ${formatCount(low)} to ${formatCount(high)}`;
  const done = rule === 'high' ? 'the high 8 were kept' : 'their range was stretched over 0 … 255';
  return `${formatPlural(pictures, 'picture')} had 16 bits a value, ${range}; ${done}.`;
}

const FOUND = 'found';

const COLOURS: Option[] = [
  { value: 'grey', label: 'Grey', description: 'The brightness of colour pictures, 1 byte a pixel.' },
  { value: 'rgb', label: 'Red, green, blue', description: '3 bytes a pixel, also for grey pictures.' },
];

const SPLITS: Option[] = [
  { value: 'given', label: 'As the folders or files have it' },
  { value: 'made', label: 'Drawn anew', description: 'By the test share and the seed on the left.' },
];

const CLASS_SOURCES: Option[] = [
  { value: 'labels', label: 'Files of labels' },
  {
    value: 'top-folders',
    label: 'The folders at the top',
    description: 'With what is around them, and train and test, set aside.',
  },
  { value: 'last-folders', label: 'The folders right above the pictures' },
];

const DEPTHS: Option[] = [
  {
    value: 'high',
    label: 'Keep the high 8 bits',
    description: 'The low 8 bits are lost; in dark scans that is nearly everything.',
  },
  {
    value: 'stretch',
    label: 'Stretch the range found',
    description: 'Smallest value to 0, largest to 255, over all pictures.',
  },
];

interface ReadingFieldsProps extends ImageReadingPanelProps {
  format: ImageFormat;
  source: ImageSource | null;
}

function ReadingFields({ format, dataset, draft, source }: ReadingFieldsProps) {
  const { reading, say } = draft;
  const found = (words: string): Option => ({ value: FOUND, label: words });
  const areFiles = format === 'zip' || format === 'folder';
  return (
    <>
      <Select
        label="Colour"
        value={reading.colour ?? FOUND}
        options={[found('As found: grey only if every picture is'), ...COLOURS]}
        onChange={(value) => say({ colour: value === FOUND ? undefined : (value as ImageReading['colour']) })}
      />
      {format === 'sheet' ? (
        <SizeFields
          label="one picture of the sheet"
          size={reading.tile ?? { width: dataset.width, height: dataset.height }}
          onChange={(tile) => say({ tile })}
        />
      ) : (
        <SizeFields
          label="all pictures"
          size={reading.size ?? { width: dataset.width, height: dataset.height }}
          onChange={(size) => say({ size })}
        />
      )}
      {dataset.sizeCount < 2 && reading.size !== undefined && format !== 'csv' && (
        <Select
          label="Pictures of another size"
          value={reading.rule ?? 'resize'}
          options={SIZE_RULES}
          onChange={(rule) => say({ rule })}
        />
      )}
      {dataset.depth !== null && (
        <Select
          label="Values of 16 bits"
          value={reading.depth ?? 'high'}
          options={DEPTHS}
          onChange={(value) =>
            say({ depth: value === 'high' ? undefined : (value as ImageReading['depth']) })
          }
        />
      )}
      {(dataset.split === 'given' || reading.split !== undefined) && (
        <Select
          label="Training and test pictures"
          value={reading.split ?? FOUND}
          options={[found('As found'), ...SPLITS]}
          onChange={(value) => say({ split: value === FOUND ? undefined : (value as ImageReading['split']) })}
        />
      )}
      {areFiles && (
        <Select
          label="Classes"
          value={reading.classesFrom ?? FOUND}
          options={[found('As found: labels that name the pictures, else folders'), ...CLASS_SOURCES]}
          onChange={(value) =>
            say({ classesFrom: value === FOUND ? undefined : (value as ImageReading['classesFrom']) })
          }
        />
      )}
      {(format === 'csv' || format === 'parquet' || areFiles) && (
        <LabelColumnField
          value={reading.labelColumn}
          hint={
            areFiles
              ? 'Its name in the first row of the file of labels.'
              : format === 'csv'
                ? 'Its name in the first row; every other column is a pixel value.'
                : 'The name of the column that says the class.'
          }
          onChange={(labelColumn) => say({ labelColumn })}
        />
      )}
      {source?.kind === 'files' && labelCandidates(source).length > 0 && (
        <LabelsField source={source} value={reading.labels} onChange={(labels) => say({ labels })} />
      )}
    </>
  );
}

interface SizeFieldsProps {
  label: string;
  size: { width: number; height: number };
  onChange: (size: { width: number; height: number }) => void;
}

/** Longest side that pictures may be given. */
const MOST = 1024;

function SizeFields({ label, size, onChange }: SizeFieldsProps) {
  return (
    <>
      <NumberField
        label={`Width of ${label}`}
        value={size.width}
        min={1}
        max={MOST}
        step={1}
        onChange={(width) => onChange({ ...size, width })}
      />
      <NumberField
        label={`Height of ${label}`}
        value={size.height}
        min={1}
        max={MOST}
        step={1}
        onChange={(height) => onChange({ ...size, height })}
      />
    </>
  );
}
