import { isClaimed, type ImageSummary } from '../../../contracts/images.ts';
import { Panel, Stat, StationLayout, Stats } from '../../../ui/controls/index.ts';
import { formatBytes, formatCount, formatPercent, formatPlural, formatSeconds } from '../../../ui/format.ts';
import { Later } from '../../../ui/Later.tsx';
import { sizeWords } from '../../../ui/pictures/words.ts';
import { useLab, useLabParts } from '../../useLab.ts';
import { AwaitedPanel } from '../AwaitedPanel.tsx';
import { ChoicePanel } from '../ChoicePanel.tsx';
import { FileDrop } from '../FileDrop.tsx';
import { Gallery } from '../Gallery.tsx';
import { Presets } from '../Presets.tsx';
import { OpeningPanel } from '../OpeningPanel.tsx';
import { BalancePanel } from './BalancePanel.tsx';
import { ClassGrid } from './ClassGrid.tsx';
import { HistogramPanel } from './HistogramPanel.tsx';
import { ImageControls } from './ImageControls.tsx';
import { ImageNotices } from './ImageNotices.tsx';
import { ImageReadingBar } from './ImageReadingBar.tsx';
import { ImageReadingPanel } from './ImageReadingPanel.tsx';
import { SizesPanel } from './SizesPanel.tsx';
import { useImageDraft } from './useImageDraft.ts';
import './images.css';

/** The Data station while pictures are open. */
export function ImagesData() {
  const { dataset, awaited } = useLabParts((lab) => ({
    dataset: lab.images.dataset.value,
    awaited: lab.awaited,
  }));
  const draft = useImageDraft();
  return (
    <StationLayout
      title="Data"
      lead="Pictures of one size with a class each. Nothing leaves this machine: they are read, compressed and sampled right here."
      first={
        awaited === null && (
          <div className="field">
            <FileDrop label="Open a file…" />
          </div>
        )
      }
      controls={<ImageControls />}
      foldOnPhone={dataset !== null}
    >
      <ImageReadingBar draft={draft} />
      {awaited !== null && <AwaitedPanel awaited={awaited} />}
      <ChoicePanel />
      <OpeningPanel />
      {dataset !== null && (
        <>
          <TitlePanel dataset={dataset} />
          <ImageNotices dataset={dataset} draft={draft} />
          <Later>
            <ClassGrid key={dataset.id} dataset={dataset} />
          </Later>
          <Later>
            <SizesPanel dataset={dataset} draft={draft} />
          </Later>
          <Later>
            <BalancePanel dataset={dataset} />
          </Later>
          <Later>
            <HistogramPanel dataset={dataset} />
          </Later>
          <Later>
            <ImageReadingPanel dataset={dataset} draft={draft} />
          </Later>
        </>
      )}
      <Gallery />
      <Later>
        <Presets />
      </Later>
    </StationLayout>
  );
}

function TitlePanel({ dataset }: { dataset: ImageSummary }) {
  const { records, width, height, channels, classes, rawBytes, seconds, split, isNear } = dataset;
  const bytes = width * height * channels;
  const isUnproven = useLab(({ images: { source }, archives }) => {
    const stored = source?.kind === 'archive' ? archives.find(({ id }) => id === source.id) : undefined;
    return isClaimed(stored?.images?.fidelity);
  });
  const test = classes.reduce((sum, one) => sum + one.test, 0);
  return (
    <Panel
      name="dataset"
      title={dataset.name}
      caption={dataset.fileName === dataset.name ? undefined : dataset.fileName}
    >
      <Stats>
        <Stat label="Pictures" value={formatCount(records)} />
        <Stat
          label="Size"
          value={sizeWords(dataset)}
          note={channels === 1 ? 'grey, 1 byte a pixel' : 'colour, 3 bytes a pixel'}
        />
        <Stat label="Classes" value={formatCount(classes.length)} />
        <Stat
          label="Raw pixels"
          value={formatBytes(rawBytes)}
          note={`${formatPlural(bytes, 'byte')} a picture; the archive’s size is a share of this`}
        />
        <Stat
          label="Split"
          value={split === 'given' ? 'as given' : 'drawn'}
          note={
            split === 'given'
              ? `${formatCount(records - test)} training, ${formatCount(test)} test`
              : 'seeded, the same share of every class'
          }
        />
        <Stat label="Read in" value={formatSeconds(seconds)} />
      </Stats>
      {isNear && (
        <p className="title-note">
          These pixels are decoded from a near-lossless archive: they are not the original ones, by as much as
          the archive’s report says, and everything computed from here on uses them.
          {isUnproven &&
            ' Which pictures they were made from, and how much was lost, is what the archive says of itself: nothing proves it.'}
        </p>
      )}
      {dataset.sizeCount > 1 && dataset.rule !== null && (
        <p className="title-note">
          {formatPlural(dataset.sizeCount, 'size')} were found;{' '}
          {dataset.rule === 'only'
            ? `only pictures of ${sizeWords(dataset)} are used, ${formatPercent(records / Math.max(1, records + dataset.skippedCount))} of all.`
            : `all are made ${sizeWords(dataset)}.`}
        </p>
      )}
    </Panel>
  );
}
