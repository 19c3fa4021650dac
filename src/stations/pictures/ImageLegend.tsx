import type { ReactNode } from 'react';
import type { ImageBitsReport } from '../../contracts/images.ts';
import { EntropyKey, Key, ScaleKey } from '../LegendKeys.tsx';
import './tileMap.css';

/** The keys of a map of cells. */
export function TileLegend({ children }: { children: ReactNode }) {
  return (
    <ul className="bits-legend keeps-colour tile-legend" aria-label="Legend">
      {children}
    </ul>
  );
}

/** What the colours of the bit planes mean, and how many bits of a picture have each. */
export function PlanesLegend({ counts, baseCount }: Pick<ImageBitsReport, 'counts' | 'baseCount'>) {
  return (
    <TileLegend>
      <Key
        name="constant"
        label="constant"
        bits={counts.constant}
        about="the same in every training picture of the table"
      />
      {baseCount === null ? (
        <Key name="deviation" label="varying" bits={counts.deviation} about="coded with each picture" />
      ) : (
        <>
          <Key
            name="base"
            label="base"
            bits={counts.base}
            about="stored once for all pictures that share a base"
          />
          <Key name="deviation" label="deviation" bits={counts.deviation} about="stored with each picture" />
        </>
      )}
      <EntropyKey />
    </TileLegend>
  );
}

/** What a map of coefficients means: one measure from faint to full, and what never changes. */
export function CoefficientLegend({
  measure,
  about,
  isBase,
}: {
  measure: string;
  about: string;
  isBase: boolean;
}) {
  return (
    <TileLegend>
      <ScaleKey measure={<b>{measure}</b>} about={about} isBase={isBase} />
      <Key name="constant" label="constant" about="a coefficient whose bits never change in the table" />
    </TileLegend>
  );
}
