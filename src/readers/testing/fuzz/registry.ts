/** All fuzzers. A format's fuzzer is a file beside this one, and a line here. */
import { ARCHIVE_FUZZ } from './archiveFuzz.ts';
import { BMP_FUZZ } from './bmpFuzz.ts';
import type { FuzzGenerator } from './generator.ts';
import { GIF_FUZZ } from './gifFuzz.ts';
import { JSON_FUZZ } from './jsonFuzz.ts';
import { JPEG_FUZZ } from './jpegFuzz.ts';
import { LABEL_FUZZ } from './labelFuzz.ts';
import { PNG_FUZZ } from './pngFuzz.ts';
import { SHARD_FUZZ } from './shardFuzz.ts';
import { CONTAINER_FUZZ, TABLE_FUZZ } from './tableFuzz.ts';
import { WORKBOOK_FUZZ } from './workbookFuzz.ts';
import { PICTURE_ZIP_FUZZ, ZIP_FUZZ } from './zipFuzz.ts';

export const FUZZ_GENERATORS: readonly FuzzGenerator[] = [
  PNG_FUZZ,
  JPEG_FUZZ,
  GIF_FUZZ,
  BMP_FUZZ,
  ZIP_FUZZ,
  PICTURE_ZIP_FUZZ,
  LABEL_FUZZ,
  SHARD_FUZZ,
  TABLE_FUZZ,
  CONTAINER_FUZZ,
  ARCHIVE_FUZZ,
  JSON_FUZZ,
  WORKBOOK_FUZZ,
];
