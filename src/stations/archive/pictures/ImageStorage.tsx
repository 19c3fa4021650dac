import { isClaimed, type ImageArchiveReport } from '../../../contracts/images.ts';
import { Button, DownloadIcon, Panel, Stat, Stats } from '../../../ui/controls/index.ts';
import { formatBytes, formatCount, formatPercent, formatPlural, formatSeconds } from '../../../ui/format.ts';
import { Term } from '../../../ui/glossary/Term.tsx';
import { fidelityWords } from '../../../ui/pictures/words.ts';
import { SaveMenu } from '../SaveMenu.tsx';

interface ImageStorageProps {
  report: ImageArchiveReport;
  isStale: boolean;
}

/** The archive in numbers: sizes against the raw pixels, and what came back. */
export function ImageStorage({ report, isStale }: ImageStorageProps) {
  const { bytes, rawBytes, tables, fidelity } = report;
  const baseCount = tables.reduce((sum, { bases }) => sum + (bases?.baseCount ?? 0), 0);
  const hasBases = tables.some(({ bases }) => bases !== null);
  const raw = rawBytes.train + rawBytes.test;
  const isClassWise = tables.length > 1;
  const compared = isClaimed(fidelity)
    ? 'every picture was decoded; its original is not here to compare it with'
    : 'every picture was decoded and compared with its original';
  const decoded = `${formatBytes(raw / report.decodeSeconds)}/s of pixels, one worker`;
  return (
    <Panel
      name="storage"
      title="Storage"
      caption={`${fidelityWords(fidelity)}; ${compared}`}
      stale={isStale}
      actions={
        <SaveMenu id={report.id} holds="images">
          <Button icon={<DownloadIcon />} isDisabled={!report.stored || isStale}>
            Save as…
          </Button>
        </SaveMenu>
      }
    >
      <Stats isWide>
        <Stat
          label="True size"
          value={formatPercent(bytes.train / rawBytes.train)}
          tone="base"
          note={`of raw pixels, ${fidelity.kind === 'exact' ? 'lossless' : 'near-lossless'}: ${formatBytes(bytes.train)} for ${formatPlural(report.trainRecords, 'training picture')}, every header, label and checksum counted`}
        />
        {report.equation1Bits !== null && (
          <Stat
            label={
              <>
                S of <Term name="equation1">Equation 1</Term>
              </>
            }
            value={formatPercent(report.equation1Bits / 8 / rawBytes.train)}
            note={`of raw pixels: ${formatBytes(report.equation1Bits / 8)}${isClassWise ? `, summed over ${formatPlural(tables.length, 'class', 'classes')}` : ''}, without samples`}
          />
        )}
        <Stat
          label="Test part"
          value={report.testRecords === 0 ? '–' : formatPercent(bytes.test / rawBytes.test)}
          note={`of raw pixels: ${formatBytes(bytes.test)}, ${formatPlural(report.testRecords, 'test picture')} in parts of their own`}
        />
        <Stat
          label="The file"
          value={formatBytes(bytes.train + bytes.test)}
          note={`for ${formatBytes(raw)} of pixels, in ${formatPlural(report.blocks, 'block')} of ${formatBytes(report.blockBytes)} at most`}
        />
        {hasBases && (
          <Stat
            label="Bases"
            value={formatCount(baseCount)}
            note={`${isClassWise ? `in ${formatPlural(tables.length, 'table')}: ` : ''}${(report.trainRecords / Math.max(1, baseCount)).toFixed(1)} pictures share one on average`}
          />
        )}
        <Stat
          label="Encoded in"
          value={formatSeconds(report.encodeSeconds)}
          note={`${formatBytes(raw / report.encodeSeconds)}/s of pixels, ${formatPlural(report.workers, 'worker')}`}
        />
        <Stat label="Decoded in" value={formatSeconds(report.decodeSeconds)} note={decoded} />
      </Stats>
    </Panel>
  );
}
