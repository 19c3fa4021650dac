import { useCallback } from 'react';
import type { ImageSummary, PictureTableFormat, RandomSampleReport } from '../../../contracts/images.ts';
import { hasBases } from '../../../contracts/plugins.ts';
import {
  Button,
  DataTable,
  ErrorNotice,
  Notice,
  Panel,
  ProgressLine,
  Stat,
  Stats,
  type TableColumn,
} from '../../../ui/controls/index.ts';
import {
  formatBytes,
  formatCount,
  formatMeasured,
  formatPercent,
  formatPlural,
  formatValue,
} from '../../../ui/format.ts';
import { fidelityWords } from '../../../ui/pictures/words.ts';
import { PictureGrid } from '../../../ui/pictures/PictureGrid.tsx';
import { SaveMenu } from '../../SaveMenu.tsx';
import { useLab, useLabParts } from '../../useLab.ts';
import { fractionWords } from '../../training/words.ts';
import { residentParts, randomSampleFacts, type ResidentPart } from './randomSampleFacts.ts';

/** A fresh random sample of the training pictures: what it took to fetch, what it holds in memory, and a look at it. */
export function RandomSamplePanel() {
  const { task, archive, drawSample, cancelImages, computeImages, goTo } = useLabParts((lab) => ({
    task: lab.images.sample,
    archive: lab.images.archive,
    drawSample: lab.drawSample,
    cancelImages: lab.cancelImages,
    computeImages: lab.computeImages,
    goTo: lab.goTo,
  }));
  const report = task.value;
  return (
    <>
      {task.error !== null && (
        <ErrorNotice error={task.error} onRetry={() => void drawSample({ fraction: report?.fraction })} />
      )}
      {task.status === 'running' && (
        <ProgressLine
          progress={task.progress}
          label="Drawing a sample"
          onCancel={() => cancelImages('sample')}
        />
      )}
      {archive.stale && archive.status !== 'running' && (
        <Notice tone="warning">
          <p>The archive was made with other settings: make it again to draw with the present ones.</p>
          <p>
            <Button onPress={() => computeImages('archive')}>Make the archive</Button>
          </p>
        </Notice>
      )}
      {report !== null ? (
        <Sample report={report} stale={task.stale || archive.stale} />
      ) : archive.status === 'running' ? (
        <p className="soft">The archive is being made; the first sample then follows automatically.</p>
      ) : archive.value !== null && !archive.value.stored ? (
        <Notice tone="warning">
          <p>The archive is not in this browser’s storage: samples are drawn from the stored file.</p>
        </Notice>
      ) : archive.value === null ? (
        <Notice>
          <p>Samples are drawn from the archive, which has not been made yet.</p>
          <p>
            <Button onPress={() => goTo('archive')}>Go to the archive</Button>
          </p>
        </Notice>
      ) : (
        task.status !== 'running' && task.error === null && <p className="soft">No sample yet: draw one.</p>
      )}
    </>
  );
}

const SAMPLE_FORMATS: readonly { id: PictureTableFormat; label: string; description: string }[] = [
  {
    id: 'parquet',
    label: 'Parquet',
    description: 'PNGs with their classes in one table, as Hugging Face and others read it.',
  },
  { id: 'npz', label: '.npz', description: 'Arrays of pixels, labels and record numbers, for NumPy.' },
];

function Sample({ report, stale }: { report: RandomSampleReport; stale: boolean }) {
  const { classes, fidelity, exportRandomSample } = useLabParts((lab) => ({
    exportRandomSample: lab.exportRandomSample,
    classes: lab.images.dataset.value?.classes,
    fidelity: lab.images.archive.value?.fidelity ?? null,
  }));
  const facts = randomSampleFacts(report);
  const { seconds } = report;
  const shown = report.pictures.records.length;
  return (
    <>
      <Panel
        title="A random sample, read from the archive"
        caption={`${fractionWords(report.fraction)} of ${formatPlural(report.trainRecords, 'training picture')}, seed ${report.seed}`}
        stale={stale}
        actions={
          <SaveMenu
            of="the random sample"
            formats={SAMPLE_FORMATS}
            isDisabled={stale}
            onSave={(format) => void exportRandomSample(format)}
          />
        }
      >
        <Stats isWide>
          <Stat
            label="Pictures"
            value={formatCount(report.records)}
            note={`${formatBytes(facts.sampleBytes)} of pixels`}
          />
          <Stat
            label="Time to get them"
            value={formatMeasured(seconds.total)}
            note={`${formatMeasured(seconds.fetch)} fetching, ${formatMeasured(seconds.decode)} decoding${
              facts.megabytesPerSecond === null
                ? ''
                : `; ${formatValue(facts.megabytesPerSecond, 3)} MB of pixels a second`
            }`}
          />
          <Stat
            label="Read of the archive"
            value={formatPercent(facts.readShare)}
            note={`${formatBytes(report.bytesRead)} of ${formatBytes(report.archiveBytes)} in ${formatPlural(report.blocksRead, 'block')}`}
          />
          <Stat
            label="In memory for the data"
            value={formatPercent(facts.residentShare)}
            tone="analytics"
            note={`${formatBytes(report.resident.total)}, of the raw set’s ${formatBytes(facts.rawSetBytes)}`}
          />
        </Stats>
        <p className="learn-image-note">
          {blockWords(report)}
          {fidelity !== null && ` Its pictures are ${fidelityWords(fidelity)}.`}
        </p>
        <Resident report={report} />
      </Panel>
      <Panel
        title="What a network would see"
        caption={
          shown < report.records
            ? `the first ${formatCount(shown)} of ${formatPlural(report.records, 'picture')}, in the order drawn`
            : `${formatPlural(shown, 'picture')}, in the order drawn`
        }
        stale={stale}
      >
        <SampleGrid report={report} classes={classes} />
      </Panel>
    </>
  );
}

/** Why more is read than is used: pictures come in blocks. */
function blockWords({ fraction, blocksRead, records }: RandomSampleReport): string {
  if (fraction >= 1) return 'Every block was read once.';
  return (
    `Pictures are read in blocks: ${formatPlural(records, 'picture')} lay in ${formatPlural(blocksRead, 'block')}, ` +
    'which were read whole. Smaller blocks, chosen in Archive, read less for a small sample.'
  );
}

const RESIDENT_COLUMNS: readonly TableColumn<ResidentPart>[] = [
  {
    id: 'part',
    header: 'In memory',
    isRowHeader: true,
    cell: ({ label, about }) => (
      <>
        {label} <span className="learn-image-about">{about}</span>
      </>
    ),
  },
  { id: 'bytes', header: 'Bytes', isNumeric: true, cell: ({ bytes }) => formatBytes(bytes) },
  { id: 'share', header: '% of the raw set', isNumeric: true, cell: ({ share }) => formatPercent(share, 2) },
];

function Resident({ report }: { report: RandomSampleReport }) {
  const sharesBases = useLab(({ images }) => hasBases(images.settings.codec));
  return (
    <DataTable
      caption="What is held in memory for the data"
      columns={RESIDENT_COLUMNS}
      rows={residentParts(report, sharesBases)}
      rowKey={({ id }) => id}
      rowClassName={({ id }) => (id === 'total' ? 'learn-image-total' : undefined)}
      isDense
    />
  );
}

function SampleGrid({
  report,
  classes,
}: {
  report: RandomSampleReport;
  classes: ImageSummary['classes'] | undefined;
}) {
  const { pictures } = report;
  const describe = useCallback(
    (index: number) =>
      `${classes?.[pictures.labels[index]]?.name ?? `class ${pictures.labels[index]}`}, record ${formatCount(pictures.records[index])}`,
    [pictures, classes],
  );
  return (
    <PictureGrid
      label={`${formatPlural(pictures.records.length, 'picture')} of the sample`}
      pictures={pictures}
      describe={describe}
      hint="Point at a picture to see its class and record."
    />
  );
}
