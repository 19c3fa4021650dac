import type { Fidelity } from '../../../contracts/images.ts';
import { Disclosure, Panel, Stat, Stats } from '../../../ui/controls/index.ts';
import { formatCount, formatPercent } from '../../../ui/format.ts';

interface FidelityPanelProps {
  fidelity: Extract<Fidelity, { kind: 'near' }>;
  isStale: boolean;
}

/** What the transform's rounding has cost, measured on every decoded value, or said by an archive that came as a file. */
export function FidelityPanel({
  fidelity: { psnr, maxError, exactShare, isClaimed },
  isStale,
}: FidelityPanelProps) {
  return (
    <Panel
      name="fidelity"
      title="What is lost"
      caption={
        isClaimed === true
          ? 'near-lossless: what the archive says of itself; the pictures that would prove it are not here'
          : 'near-lossless: measured on every decoded value of training and test pictures'
      }
      stale={isStale}
    >
      <Stats isWide>
        <Stat
          label="PSNR"
          value={Number.isFinite(psnr) ? `${psnr.toFixed(1)}\u202fdB` : 'infinite'}
          note="peak signal-to-noise ratio, peak 255, over all pixels and channels"
        />
        <Stat
          label="Largest error"
          value={formatCount(maxError)}
          note={`${maxError === 1 ? 'level' : 'levels'} of 255, of one channel of one pixel`}
        />
        <Stat
          label="Exact values"
          value={formatPercent(exactShare)}
          note={`${formatPercent(1 - exactShare)} are off by a level or more`}
        />
      </Stats>
      <Disclosure about="what is lost">
        <p>
          Pixels are turned into brightness and colour, then into frequencies, and those are rounded to whole
          numbers. The way back is computed in whole numbers too, so that every browser gets the same pixels;
          some of them differ from the original by a few levels. What the codec stores after that is exact.
        </p>
        <p>
          “Pixels as they are” loses nothing. For photographs it is hardly smaller than the raw pixels, which
          is why this way is offered, and why it is not called lossless.
        </p>
      </Disclosure>
    </Panel>
  );
}
