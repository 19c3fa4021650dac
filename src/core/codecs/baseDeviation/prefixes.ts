/**
 * What every base search does besides choosing the next bit: it starts from the constant bits, keeps the prefix of
 * least size (paper, Algorithm 1, lines 14–27), and stops on the plateau or when every record is alone.
 */
import { minority } from '../../bits/bitPlanes.ts';
import type { BasePlan, FitOptions, RecordGroup, SearchTrace } from '../codec.ts';
import { objectiveBits } from './objective.ts';

/** What a search sees of the training records. */
export type SearchedGroup = Pick<RecordGroup, 'records' | 'layout' | 'planes'>;
export type SearchOptions = Pick<FitOptions, 'tau' | 'objective'>;

/** The bits in the order in which a search adds them, with the size after each. */
export class Prefixes {
  /** Positions that vary, in record order. */
  readonly varying: number[] = [];
  private readonly group: SearchedGroup;
  private readonly options: SearchOptions;
  private readonly constantBits: number;
  private readonly added: Uint32Array;
  private readonly baseBits: Uint32Array;
  private readonly baseCounts: Uint32Array;
  private readonly size: Float64Array;
  /** Prefixes seen so far, the constant bits alone being the first. */
  private tried = 1;
  private chosen = 0;
  private stop: SearchTrace['stop'] = 'exhausted';

  /** @param ones count of ones per position */
  constructor(group: SearchedGroup, options: SearchOptions, ones: Uint32Array) {
    this.group = group;
    this.options = options;
    const { recordBits } = group.layout;
    for (let position = 0; position < recordBits; position++) {
      if (minority(ones[position], group.records) > 0) this.varying.push(position);
    }
    this.constantBits = recordBits - this.varying.length;
    const steps = this.varying.length + 1;
    this.added = new Uint32Array(steps - 1);
    this.baseBits = new Uint32Array(steps);
    this.baseCounts = new Uint32Array(steps);
    this.size = new Float64Array(steps);
    this.note(0, group.records === 0 ? 0 : 1);
  }

  private note(step: number, baseCount: number): void {
    const { records, layout } = this.group;
    const { constantBits } = this;
    this.baseBits[step] = constantBits + step;
    this.baseCounts[step] = baseCount;
    this.size[step] = objectiveBits(
      { records, recordBits: layout.recordBits, constantBits, baseBits: constantBits + step, baseCount },
      this.options.objective,
    );
  }

  /**
   * The base has one more bit.
   *
   * @param baseCount distinct bases with it
   * @returns whether the search goes on
   */
  add(position: number, baseCount: number): boolean {
    const step = this.tried++;
    this.added[step - 1] = position;
    this.note(step, baseCount);
    if (this.size[step] < this.size[this.chosen]) this.chosen = step;
    if (step - this.chosen >= this.options.tau) this.stop = 'plateau';
    else if (baseCount === this.group.records) this.stop = 'all-distinct';
    else return true;
    return false;
  }

  /** The prefix of least size. */
  plan(): BasePlan {
    const { chosen, stop, tried } = this;
    const inBase = new Uint8Array(this.group.layout.recordBits).fill(1);
    for (const position of this.varying) inBase[position] = 0;
    for (let k = 0; k < chosen; k++) inBase[this.added[k]] = 1;
    return {
      inBase,
      trace: {
        added: this.added.slice(0, tried - 1),
        baseBits: this.baseBits.slice(0, tried),
        baseCounts: this.baseCounts.slice(0, tried),
        size: this.size.slice(0, tried),
        chosen,
        stop,
      },
    };
  }
}
