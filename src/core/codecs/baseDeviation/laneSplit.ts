/** How every lane's bits are divided between base and deviation, and where they stand in a packed record. */
import { lowMask } from '../../bits/bitStream.ts';
import { selectBits, type BitSelection } from '../../bits/bitSelection.ts';
import type { Layout } from '../../bits/lanes.ts';

export interface LaneSplit {
  base: BitSelection;
  deviation: BitSelection;
  /** Bit offset of the lane's deviation inside a record's deviation. */
  deviationOffset: number;
}

export interface RecordSplit {
  lanes: LaneSplit[];
  /** l_b and l_d. */
  baseBits: number;
  deviationBits: number;
}

/** Divides each lane by the base positions. */
export function splitLanes(layout: Layout, inBase: Uint8Array): RecordSplit {
  let deviationBits = 0;
  let baseBits = 0;
  const lanes = layout.lanes.map(({ start, width }): LaneSplit => {
    let mask = 0;
    for (let b = 0; b < width; b++) {
      if (inBase[start + b] === 1) mask |= 1 << (width - 1 - b);
    }
    const base = selectBits(mask);
    const deviation = selectBits(~mask & lowMask(width));
    const lane = { base, deviation, deviationOffset: deviationBits };
    deviationBits += deviation.width;
    baseBits += base.width;
    return lane;
  });
  return { lanes, baseBits, deviationBits };
}
