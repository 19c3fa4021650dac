/**
 * Which bits of a lane are taken together, and how they are gathered (to a short integer) and spread out again.
 * A selection is a handful of runs of neighbouring bits: in practice one or two per lane.
 */

/** Neighbouring bits: (code >>> from) & mask lands at `to` of the gathered value. */
interface Run {
  from: number;
  to: number;
  mask: number;
}

export interface BitSelection {
  /** Number of selected bits, 0 … 32. */
  width: number;
  /** The selected bits as a mask over the lane's code. */
  mask: number;
  runs: Run[];
}

/** The selection of the ones of `mask`; gathered, they keep their order of significance. */
export function selectBits(mask: number): BitSelection {
  const runs: Run[] = [];
  let to = 0;
  let from = 0;
  while (from < 32) {
    if (((mask >>> from) & 1) === 0) {
      from++;
      continue;
    }
    let length = 1;
    while (from + length < 32 && ((mask >>> (from + length)) & 1) === 1) length++;
    runs.push({ from, to, mask: length === 32 ? 0xffffffff : (1 << length) - 1 });
    to += length;
    from += length;
  }
  return { width: to, mask: mask >>> 0, runs };
}

/** The selected bits of a code, moved together. */
export function gather(selection: BitSelection, code: number): number {
  let value = 0;
  for (const run of selection.runs) value |= ((code >>> run.from) & run.mask) << run.to;
  return value >>> 0;
}

/** The inverse: the bits of `value` back in their places, all other bits 0. */
export function spread(selection: BitSelection, value: number): number {
  let code = 0;
  for (const run of selection.runs) code |= ((value >>> run.to) & run.mask) << run.from;
  return code >>> 0;
}
