/** The files of a tfjs layers model: model.json and its weights, as a zip or loose, with every length checked first. */
import * as v from 'valibot';
import type { ImageFile } from '../../readers/imageReading.ts';
import { entryFile, isZip, openZip } from '../../readers/zip/zip.ts';
import { check, checkList, checkObject, listOf, Unreadable } from './checking.ts';

export const MAX_JSON_BYTES = 8 * 1024 * 1024;
const MAX_WEIGHT_BYTES = 1024 * 1024 * 1024;
const MAX_FILES = 1000;
const MAX_WEIGHTS = 20_000;
/** Of lists and objects in each other. JSON.parse takes a second for a megabyte of brackets. */
const MAX_DEPTH = 100;
const [QUOTE, BACKSLASH, LIST, LIST_END, OBJECT, OBJECT_END] = new TextEncoder().encode('"\\[]{}');

/** Weights by name, as in the file. */
export type FileWeights = ReadonlyMap<string, { shape: number[]; values: Float32Array }>;

export interface ModelFiles {
  json: Readonly<Record<string, unknown>>;
  weights: FileWeights;
}

/** The name without the folders. */
const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function asImageFile(file: File): ImageFile {
  return {
    path: file.name,
    bytes: file.size,
    slice: async (from, to) => new Uint8Array(await file.slice(from, to).arrayBuffer()),
  };
}

/** Files by their names, unpacked where they came as one zip. */
async function listFiles(given: readonly File[]): Promise<Map<string, ImageFile>> {
  if (given.length === 0) throw new Unreadable('there is no file');
  if (given.length > MAX_FILES)
    throw new Unreadable(`there are ${given.length} files; the limit is ${MAX_FILES}`);
  let files = given.map(asImageFile);
  if (files.length === 1 && isZip(await files[0].slice(0, 4))) {
    const zip = await openZip(files[0]);
    if (zip.entries.length > MAX_FILES)
      throw new Unreadable(`the zip holds ${zip.entries.length} files; the limit is ${MAX_FILES}`);
    files = zip.entries.map((entry) => entryFile(zip, entry));
  }
  const byName = new Map<string, ImageFile>();
  for (const file of files) {
    const name = baseName(file.path);
    if (byName.has(name)) throw new Unreadable(`two files are called ${name.slice(0, 100)}`);
    byName.set(name, file);
  }
  return byName;
}

/** Whether lists and objects are in each other deeper than that. */
function isDeep(json: Uint8Array): boolean {
  let depth = 0;
  let isText = false;
  for (let i = 0; i < json.length; i++) {
    const byte = json[i];
    if (byte === QUOTE) isText = !isText;
    else if (isText) i += byte === BACKSLASH ? 1 : 0;
    else if (byte === LIST || byte === OBJECT) depth++;
    else if (byte === LIST_END || byte === OBJECT_END) depth--;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

async function readJson(files: Map<string, ImageFile>): Promise<ModelFiles['json']> {
  const named = [...files.keys()].filter((name) => name.toLowerCase().endsWith('.json'));
  const file = files.get('model.json') ?? (named.length === 1 ? files.get(named[0]) : undefined);
  if (file === undefined) throw new Unreadable('there is no model.json');
  if (file.bytes > MAX_JSON_BYTES)
    throw new Unreadable(`model.json has ${file.bytes} bytes; the limit is ${MAX_JSON_BYTES}`);
  const bytes = await file.slice(0, file.bytes);
  if (isDeep(bytes)) throw new Unreadable(`model.json is nested deeper than ${MAX_DEPTH}`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new Unreadable('model.json is not JSON');
  }
  return checkObject(parsed, 'model.json');
}

/** One weight as the manifest describes it. */
interface Described {
  name: string;
  shape: number[];
  size: number;
  /** Bytes of a number in the file. */
  width: 1 | 2 | 4;
  /** A quantised number q stands for min + q · scale. */
  min: number;
  scale: number;
}

const NAME = v.pipe(v.string(), v.maxLength(1000));
const SHAPE = listOf(v.pipe(v.number(), v.safeInteger(), v.minValue(0)), 6);
const QUANTISATION = v.object({
  dtype: v.picklist(['uint8', 'uint16']),
  min: v.pipe(v.number(), v.finite()),
  scale: v.pipe(v.number(), v.finite()),
});

function describe(value: unknown): Described {
  const keys = checkObject(value, 'a weight');
  const name = check(NAME, keys.name, 'a weight has no name');
  const called = `the weight ${name.slice(0, 100)}`;
  const shape = check(SHAPE, keys.shape, `${called} has no shape`);
  check(v.literal('float32'), keys.dtype, `${called} is not of float32`);
  const size = shape.reduce((product, length) => product * length, 1);
  if (keys.quantization === undefined) return { name, shape, size, width: 4, min: 0, scale: 1 };
  const { dtype, min, scale } = check(
    QUANTISATION,
    keys.quantization,
    `${called} is quantised in a way that is not known here`,
  );
  return { name, shape, size, width: dtype === 'uint8' ? 1 : 2, min, scale };
}

/** Bytes of all files of a group, one after the other. */
async function readGroup(
  files: Map<string, ImageFile>,
  paths: unknown,
  bytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts = checkList(paths, MAX_FILES, 'its weights name no files').map((path) => {
    const file = typeof path === 'string' ? files.get(baseName(path)) : undefined;
    if (file === undefined)
      throw new Unreadable(`its weights are in ${String(path).slice(0, 100)}, which is not among the files`);
    return file;
  });
  const held = parts.reduce((sum, file) => sum + file.bytes, 0);
  if (held !== bytes) throw new Unreadable(`its weight files hold ${held} bytes instead of ${bytes}`);
  const joined = new Uint8Array(bytes);
  let at = 0;
  for (const file of parts) {
    joined.set(await file.slice(0, file.bytes), at);
    at += file.bytes;
  }
  return joined;
}

function valuesOf({ size, width, min, scale }: Described, bytes: Uint8Array, at: number): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, size * width);
  const values = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    if (width === 4) values[i] = view.getFloat32(4 * i, true);
    else values[i] = min + scale * (width === 1 ? view.getUint8(i) : view.getUint16(2 * i, true));
  }
  return values;
}

async function readWeights(files: Map<string, ImageFile>, manifest: unknown): Promise<FileWeights> {
  let left = MAX_WEIGHTS;
  const groups = checkList(manifest, MAX_FILES, 'it lists no weights').map((group) => {
    const { paths, weights } = checkObject(group, 'a group of weights');
    const listed = checkList(weights, left, `it lists no weights, or more than ${MAX_WEIGHTS}`);
    left -= listed.length;
    return { paths, weights: listed.map(describe) };
  });
  const bytesOf = (weights: Described[]): number =>
    weights.reduce((sum, { size, width }) => sum + size * width, 0);
  const total = groups.reduce((sum, { weights }) => sum + bytesOf(weights), 0);
  if (!(total <= MAX_WEIGHT_BYTES))
    throw new Unreadable(`its weights take ${total} bytes; the limit is ${MAX_WEIGHT_BYTES}`);
  const found = new Map<string, { shape: number[]; values: Float32Array }>();
  for (const { paths, weights } of groups) {
    const bytes = await readGroup(files, paths, bytesOf(weights));
    let at = 0;
    for (const weight of weights) {
      if (found.has(weight.name)) throw new Unreadable(`two weights are called ${weight.name.slice(0, 100)}`);
      found.set(weight.name, { shape: weight.shape, values: valuesOf(weight, bytes, at) });
      at += weight.size * weight.width;
    }
  }
  return found;
}

/**
 * Reads model.json and its weights.
 *
 * @param given one zip, or model.json and its weight files
 * @throws Unreadable, and LabError of the zip
 */
export async function readModelFiles(given: readonly File[]): Promise<ModelFiles> {
  const files = await listFiles(given);
  const json = await readJson(files);
  return { json, weights: await readWeights(files, json.weightsManifest) };
}
