import type { ArchiveReport } from '../../../contracts/codec.ts';
import { Button, DownloadIcon, Panel, Stat, Stats } from '../../../ui/controls/index.ts';
import { formatBytes, formatCount, formatPercent, formatPlural } from '../../../ui/format.ts';
import { Term } from '../../../ui/glossary/Term.tsx';
import { useLabParts } from '../../useLab.ts';
import { storedBytes } from './condensedSamples.ts';

/** The few weighted records that stand for all others: how many, what keeping them takes, and a way out. */
export function CondensedSamplesPanel({ report }: { report: ArchiveReport }) {
  const { condensed, storage, beta, weight, isStale, exportSamples } = useLabParts((lab) => ({
    condensed: lab.learn.condensed.closedForm.value,
    storage: lab.settings.samples,
    beta: lab.settings.beta,
    weight: lab.settings.weight,
    isStale: lab.archive.stale || lab.learn.condensed.closedForm.stale,
    exportSamples: lab.exportSamples,
  }));
  if (condensed === null) return null;
  const { samples, leftOut, weights } = condensed;
  const used = report.trainRows - leftOut;
  const kept = report.breakdown.train.samples;
  const asFloats = storedBytes(condensed);
  return (
    <Panel
      name="samples"
      title="Condensed samples"
      caption={`${formatPlural(samples, 'weighted sample')} in place of ${formatPlural(used, 'training record')}, β = ${formatCount(beta)}`}
      stale={isStale}
      actions={
        <>
          <Button icon={<DownloadIcon />} isDisabled={isStale} onPress={() => void exportSamples('csv')}>
            Samples as CSV
          </Button>
          <Button icon={<DownloadIcon />} isDisabled={isStale} onPress={() => void exportSamples('parquet')}>
            As Parquet
          </Button>
        </>
      }
    >
      <Stats isWide>
        <Stat
          label={
            <>
              <Term name="condensedSample">Condensed samples</Term> m
            </>
          }
          value={formatCount(samples)}
          tone="analytics"
          note={`${formatPercent(samples / Math.max(1, used))} of the records that are trained on`}
        />
        <Stat
          label={<Term name="weight">Weights</Term>}
          value={`${formatCount(weights.least)} – ${formatCount(weights.most)}`}
          note={
            weight === null
              ? `records behind a sample, ${(used / Math.max(1, samples)).toFixed(1)} on average; they add up to ${formatCount(used)}`
              : `behind a sample, by the column “${weight}”`
          }
        />
        {storage === 'on-demand' ? (
          <Stat
            label="In the archive"
            value={formatBytes(kept)}
            note={`their bits’ positions, from which they are made again; stored, they would take ${formatBytes(asFloats)} more`}
          />
        ) : (
          <Stat
            label="In the archive"
            value={formatBytes(kept)}
            note={`stored as float64 with their weights, ${formatPercent(kept / report.bytes.train)} of the training part; on demand only the positions would be there`}
          />
        )}
      </Stats>
      <p className="figure-note">
        Both files have a sample per row in the data’s own units, and its weight in the last column: fit any
        model that takes sample weights, scikit-learn’s for one. Learn has the lines of Python for it, and the
        same with the test records. Opened here, such a file is known by its columns.
      </p>
    </Panel>
  );
}
