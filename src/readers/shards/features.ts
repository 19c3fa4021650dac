/**
 * What a Parquet file says of the pictures in it: by its schema, and by the features that dataset hubs write into its
 * metadata (key `huggingface`: JSON with `info.features`, each with its `_type`, and of classes their names).
 */
import type { KeyValue } from 'hyparquet';
import { MAX_CLASSES } from '../../core/images/imageSet.ts';
import { cleanName } from '../labels/labels.ts';
import { wordsOf } from '../labels/pairing.ts';
import type { Leaf, TopColumn } from '../parquet/file.ts';

/** What the metadata says of one column. */
interface Feature {
  type: string;
  /** Names of its classes, where it is one of classes. */
  names: readonly string[] | null;
}

/** The columns of a Parquet file with pictures. */
export interface PictureColumns {
  /** The pictures, and the names of their files where these are kept. */
  image: { name: string; bytes: Leaf; path: Leaf | null };
  /** Other columns that hold pictures. */
  otherImages: string[];
  /** Columns that are neither nested nor pictures. */
  others: { name: string; leaf: Leaf; names: readonly string[] | null }[];
}

/** The key under which hubs keep their features. */
const KEY = 'huggingface';
/** Columns of plain bytes that are pictures, by their words. */
const PICTURE_WORDS = new Set(['image', 'images', 'img', 'picture', 'photo', 'png', 'jpg', 'jpeg', 'pixels']);
/** Records of bytes and path that are none. */
const OTHER_MEDIA = /audio|sound|speech|video|clip|pdf|document/i;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Names as they are shown, all different; null where they are not a list of texts. */
function classNames(value: unknown): string[] | null {
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_CLASSES) return null;
  const taken = new Set<string>();
  return value.every((name) => typeof name === 'string')
    ? value.map((name, k) => {
        let own = cleanName(name);
        if (own === '' || taken.has(own)) own = `${own} (${k})`.trim();
        taken.add(own);
        return own;
      })
    : null;
}

/** The features that metadata states, by the names of their columns; empty where it states none. */
function featuresOf(metadata: readonly KeyValue[] | undefined): Map<string, Feature> {
  const features = new Map<string, Feature>();
  const text = metadata?.find(({ key }) => key === KEY)?.value;
  if (text === undefined) return features;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return features;
  }
  const info = isRecord(json) ? json.info : null;
  const stated = isRecord(info) ? info.features : null;
  if (!isRecord(stated)) return features;
  for (const [name, feature] of Object.entries(stated)) {
    if (!isRecord(feature) || typeof feature._type !== 'string') continue;
    const names = feature._type === 'ClassLabel' ? classNames(feature.names) : null;
    features.set(name, { type: feature._type, names });
  }
  return features;
}

/** Whether a leaf is bytes that no type makes text. */
function isBytes({ node: { element } }: Leaf): boolean {
  const { type, converted_type, logical_type } = element;
  return type === 'BYTE_ARRAY' && converted_type === undefined && logical_type === undefined;
}

/** The bytes of a column of pictures; null where it is none. */
function imageLeaves(
  { name, leaf, fields }: TopColumn,
  feature: Feature | undefined,
): { name: string; bytes: Leaf; path: Leaf | null } | null {
  if (feature !== undefined && feature.type !== 'Image' && feature.type !== 'Value') return null;
  if (leaf !== null) {
    const isNamed = feature?.type === 'Image' || wordsOf(name).some((word) => PICTURE_WORDS.has(word));
    return isNamed && isBytes(leaf) ? { name, bytes: leaf, path: null } : null;
  }
  const bytes = fields.get('bytes');
  const path = fields.get('path') ?? null;
  if (bytes === undefined || bytes.node.element.type !== 'BYTE_ARRAY') return null;
  const isMeant = feature?.type === 'Image' || (path !== null && !OTHER_MEDIA.test(name));
  return isMeant ? { name, bytes, path } : null;
}

/**
 * The columns of a file with pictures: a record of `bytes` and `path`, or bytes in a column that is called so.
 *
 * @returns null where there is no such column: the file is a table
 */
export function pictureColumns(
  columns: readonly TopColumn[],
  metadata: readonly KeyValue[] | undefined,
): PictureColumns | null {
  const features = featuresOf(metadata);
  const images = columns.flatMap((column) => imageLeaves(column, features.get(column.name)) ?? []);
  if (images.length === 0) return null;
  const isMain = ({ name }: { name: string }): boolean => /^(?:image|img|picture|photo)$/i.test(name);
  const image = images.find(isMain) ?? images[0];
  return {
    image,
    otherImages: images.filter((one) => one !== image).map(({ name }) => name),
    others: columns.flatMap(({ name, leaf }) =>
      leaf === null || images.some((one) => one.name === name)
        ? []
        : [{ name, leaf, names: features.get(name)?.names ?? null }],
    ),
  };
}
