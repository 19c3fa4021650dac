/** From the blocks of an archive to pixels, up to ROW_TILE pictures at a time, in arrays that are made once. */
import { BlockRoom, ROW_TILE, wordsOfRow, type RowReader } from '../../codecs/codec.ts';
import { pictureBytes } from '../imageSet.ts';
import type { ColumnForms } from '../representations/representation.ts';
import type { OpenedArchive, ImageTable } from './open.ts';

export class PictureDecoding {
  private readonly archive: OpenedArchive;
  private readonly bytes: number;
  /** Where the pictures go, and which picture of it each of those taken is. */
  private readonly pixels: Uint8Array;
  private readonly slots = new Uint32Array(ROW_TILE);
  private taken = 0;
  /** Pictures that are decoded together at most. */
  private readonly room: number;
  /** Decoded codes of a tile, and the same as pixels or as values that become pixels by the transform. */
  private readonly codes: Uint32Array;
  private readonly tile: Uint8Array;
  private readonly tileStride: number;
  private readonly values: Int16Array | Int32Array;
  private forms: ColumnForms | null = null;
  private rows: RowReader | null = null;
  private readonly blockRoom = new BlockRoom();

  /** @param pixels room for all pictures that will be decoded, however many that are */
  constructor(archive: OpenedArchive, pixels: Uint8Array) {
    const { shape, plan } = archive;
    this.archive = archive;
    this.pixels = pixels;
    this.bytes = pictureBytes(shape);
    const rowWords = wordsOfRow(plan.columns, archive.fieldBits);
    this.room = Math.max(1, Math.min(ROW_TILE, pixels.length / this.bytes));
    this.codes = new Uint32Array(this.room * rowWords);
    const { buffer } = this.codes;
    this.values = archive.fieldBits === 16 ? new Int16Array(buffer) : new Int32Array(buffer);
    this.tile = plan.isIdentity ? new Uint8Array(buffer) : new Uint8Array(this.room * this.bytes);
    this.tileStride = plan.isIdentity ? 4 * rowWords : this.bytes;
  }

  /** What follows is of this table. */
  use({ forms }: ImageTable, rows: RowReader): void {
    if (rows === this.rows) return;
    this.finish();
    this.forms = forms;
    this.rows = rows;
  }

  /** What follows is in this block; null where records take no bytes. */
  load(block: Uint8Array | null, number: number): void {
    this.rows!.load(block, number, this.blockRoom);
  }

  /**
   * Takes a picture of the block.
   *
   * @param position inside the block
   * @param slot where its pixels go, counted in pictures
   * @param what the picture, or its base with every bit of the deviation 0, of a codec with bases
   * @throws ARCHIVE_CORRUPT
   */
  take(position: number, slot: number, what: 'record' | 'base' = 'record'): void {
    if (what === 'record') this.rows!.take(position, this.taken);
    else this.rows!.bases!.take(position, this.taken);
    this.slots[this.taken++] = slot;
    if (this.taken === this.room) this.finish();
  }

  /** Decodes what was taken and is not decoded yet. */
  finish(): void {
    const { rows, tile, tileStride, values, bytes, taken, slots, pixels } = this;
    if (taken === 0) return;
    this.taken = 0;
    rows!.decode(taken, this.codes);
    if (this.forms !== null) {
      this.forms.decodeRows(values, taken);
      this.archive.plan.inverse(values, taken, tile, 0);
    }
    for (let r = 0; r < taken; r++) {
      pixels.set(tile.subarray(r * tileStride, r * tileStride + bytes), slots[r] * bytes);
    }
  }
}
