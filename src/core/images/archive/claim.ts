/** What an archive of pictures would take in memory, by what it claims. */
import type { OpenedGroup } from '../../codecs/codec.ts';
import {
  checkClaim,
  counted,
  FORM_BYTES,
  LAYOUT_BYTES,
  PICTURE_RECORD_BYTES,
  type Origin,
} from '../../limits.ts';
import { pictureBytes } from '../imageSet.ts';
import { TRANSFORMS } from '../transforms/registry.ts';
import { tableCount, type ImageSchema } from './schema.ts';

/** A sum that is refused where it becomes too much for the file. */
export class ImageClaim {
  private readonly source: Origin;
  private readonly what: string;
  private bytes: number;

  /** @throws ARCHIVE_TOO_LARGE */
  constructor(source: Origin, schema: ImageSchema) {
    const { shape, records, transform } = schema;
    const columns = pictureBytes(shape);
    this.source = source;
    this.what = `${counted(records)} pictures of ${shape.width} × ${shape.height}`;
    const hasForms = TRANSFORMS.byName(transform).meta.usesRepresentation;
    const perColumn = LAYOUT_BYTES + (hasForms ? FORM_BYTES * tableCount(schema) : 0);
    this.bytes = records * (columns + PICTURE_RECORD_BYTES) + columns * perColumn;
    checkClaim(source, this.bytes, this.what);
  }

  /** @throws ARCHIVE_TOO_LARGE with what the bases of one more group take */
  add({ rowReaderBytes }: OpenedGroup): void {
    this.bytes += rowReaderBytes;
    checkClaim(this.source, this.bytes, `${this.what}, and bases for them`);
  }
}
