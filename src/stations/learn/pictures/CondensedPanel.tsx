import { useCallback, useMemo } from 'react';
import type { CondensedImages } from '../../../contracts/images.ts';
import { Button, ErrorNotice, Panel, ProgressLine, Stat, Stats } from '../../../ui/controls/index.ts';
import { formatBytes, formatCount, formatPercent, formatPlural } from '../../../ui/format.ts';
import { withTerms } from '../../../ui/glossary/withTerms.tsx';
import { PictureGrid } from '../../../ui/pictures/PictureGrid.tsx';
import { useLab, useLabParts } from '../../useLab.ts';
import { CondensedControls } from './RandomSampleControls.tsx';
import { condensedFacts, condensedRows, condensedWords } from './condensedFacts.ts';

/** Weighted means of clusters: the condensing that tables get, and why pictures are sampled instead. */
export function CondensedPanel() {
  const { task, computeImages, cancelImages } = useLabParts((lab) => ({
    task: lab.images.condensed,
    computeImages: lab.computeImages,
    cancelImages: lab.cancelImages,
  }));
  return (
    <>
      {task.error !== null && <ErrorNotice error={task.error} onRetry={() => computeImages('condensed')} />}
      {task.status === 'running' && (
        <ProgressLine
          progress={task.progress}
          label="Condensing pictures"
          onCancel={() => cancelImages('condensed')}
        />
      )}
      {task.value !== null ? (
        <Condensed condensed={task.value} stale={task.stale} />
      ) : (
        task.status === 'cancelled' && (
          <p>
            <Button onPress={() => computeImages('condensed')}>Condense the pictures</Button>
          </p>
        )
      )}
    </>
  );
}

function Condensed({ condensed, stale }: { condensed: CondensedImages; stale: boolean }) {
  const classes = useLab((lab) => lab.images.dataset.value?.classes);
  const facts = condensedFacts(condensed);
  const rows = useMemo(() => condensedRows(condensed, classes), [condensed, classes]);
  const describe = useCallback(
    (index: number) => condensedWords(condensed, classes, index),
    [condensed, classes],
  );
  const { samples, trainRecords, pictures, beta } = condensed;
  const rawBytes = trainRecords * pictures.width * pictures.height * pictures.channels;
  const range =
    facts.least === facts.most
      ? formatPlural(facts.most, 'mean')
      : `${formatCount(facts.least)} to ${formatPlural(facts.most, 'mean')}`;
  return (
    <Panel
      name="condensed-pictures"
      title="Condensed pictures, for comparison"
      caption={withTerms(
        `clusters on the first ${formatPlural(beta, 'analytics bit')} of every class, the heaviest first`,
        { 'analytics bits': 'analyticsBit', 'analytics bit': 'analyticsBit' },
      )}
      stale={stale}
    >
      <CondensedControls condensed={condensed} />
      <Stats isWide>
        <Stat
          label="Means"
          value={formatCount(samples)}
          tone="analytics"
          note={`${formatPercent(samples / Math.max(1, trainRecords), 2)} of ${formatPlural(trainRecords, 'training picture')}; ${range} a class`}
        />
        <Stat
          label="Pictures behind a mean"
          value={facts.meanWeight.toFixed(1)}
          note={`on average, ${formatCount(facts.heaviest)} behind the heaviest; they are the weights`}
        />
        <Stat
          label="To keep them"
          value={formatBytes(facts.bytes)}
          note={`with their weights, ${formatPercent(facts.bytes / Math.max(1, rawBytes), 2)} of the raw set`}
        />
      </Stats>
      <p className="learn-image-note">
        The mean of pictures that agree on a few bits is a blur that no camera took: a network would learn
        from it what no picture shows. The paper therefore condenses tables and samples pictures.
      </p>
      <PictureGrid
        label="Condensed pictures by class"
        pictures={pictures}
        rows={rows}
        describe={describe}
        hint="Point at a mean to see how many pictures are behind it."
      />
    </Panel>
  );
}
