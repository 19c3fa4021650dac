/**
 * The pictures of the epochs on every picture: fetched once and held where they are few enough, else in pieces in the
 * order in which an epoch meets them.
 */
import type { ServedSubset } from '../../contracts/subsetPort.ts';
import { epochOrder } from '../../core/selection/draw.ts';
import { epochSeed } from '../../core/selection/epochSeed.ts';
import { EpochFeed, type FeedOptions } from './feed.ts';

/** Most bytes of pixels that are held from epoch to epoch. */
const HELD_BYTES = 256 * 1024 * 1024;
/** Most bytes of a piece otherwise, one upload at least. */
const PIECE_BYTES = 32 * 1024 * 1024;

export interface PretrainingPicturesOptions extends Omit<FeedOptions, 'count'> {
  /** Numbers of the records of an epoch. */
  records: Uint32Array;
  heldBytes?: number;
  pieceBytes?: number;
}

export class PretrainingPictures {
  readonly feed: EpochFeed;
  readonly #records: Uint32Array;
  readonly #batch: number;
  readonly #seed: number;
  /** Pictures of a piece; all of them where they are held. */
  readonly #piece: number;
  #held: Pick<ServedSubset, 'pixels' | 'labels'> | null = null;
  #epoch = 0;
  /** Places of the records in the order in which the epoch meets them. */
  #order: Uint32Array = new Uint32Array(0);
  /** Which piece the feed has; null: none of this epoch. */
  #current: number | null = null;

  constructor(options: PretrainingPicturesOptions) {
    const { records, shape, batch, heldBytes = HELD_BYTES, pieceBytes = PIECE_BYTES } = options;
    this.#records = records;
    this.#batch = batch;
    // A seed of its own: nothing of what the run itself draws is drawn here.
    this.#seed = epochSeed(options.seed, 'pretraining', 0);
    this.feed = new EpochFeed({ ...options, seed: this.#seed, count: records.length });
    const pictureBytes = shape.width * shape.height * shape.channels;
    const { uploadedPictures } = this.feed;
    this.#piece =
      records.length * pictureBytes <= heldBytes
        ? records.length
        : Math.max(1, Math.floor(pieceBytes / (uploadedPictures * pictureBytes))) * uploadedPictures;
  }

  /** @param epoch from 1 */
  begin(epoch: number): void {
    this.feed.end();
    this.#epoch = epoch;
    this.#order = epochOrder(this.#seed, epoch, this.#records.length);
    this.#current = null;
  }

  /** Records that a step counts, in their order. */
  recordsOf(step: number): Uint32Array {
    const first = step * this.#batch;
    const places = this.#order.subarray(first, first + this.feed.counted(step));
    return places.map((place) => this.#records[place]);
  }

  /** Sees to it that the feed has the pictures of a step. What `fetch` throws changes nothing. */
  async supply(step: number, fetch: (records: Uint32Array) => Promise<ServedSubset>): Promise<void> {
    const piece = Math.floor((step * this.#batch) / this.#piece);
    if (piece === this.#current) return;
    this.feed.end();
    this.#current = null;
    if (this.#piece === this.#records.length) {
      this.#held ??= await fetch(this.#records.slice());
      const { pixels, labels } = this.#held;
      this.feed.begin({ pixels, labels, order: this.#order, weights: null, epoch: this.#epoch });
    } else {
      const first = piece * this.#piece;
      const places = this.#order.subarray(first, first + this.#piece);
      const { pixels, labels } = await fetch(places.map((place) => this.#records[place]));
      this.feed.begin({ pixels, labels, order: null, first, weights: null, epoch: this.#epoch });
    }
    this.#current = piece;
  }

  dispose(): void {
    this.#held = null;
    this.feed.dispose();
  }
}
