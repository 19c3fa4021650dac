/**
 * Labels in files of their own beside each picture, as WebDataset has them: what is called alike up to the first point
 * of its name belongs together, "000.png" with "000.cls" or "000.json".
 */
import type { ReadNotice } from '../imageReading.ts';
import { LabError } from '../../core/errors.ts';
import { isLabelHeader } from '../labels/labelColumns.ts';
import { cleanName, type Label } from '../labels/labels.ts';
import type { FileLabels } from './labelFiles.ts';
import type { PictureFiles } from './files.ts';
import { listed } from './places.ts';

/** What a file of a label is called behind the first point, the first that is there before the others. */
const KINDS = ['cls', 'cls.txt', 'json'] as const;
type Kind = (typeof KINDS)[number];

/** Most bytes of such a file: it holds one label, and perhaps what else is known of the picture. */
const MAX_BYTES = 1 << 20;

/** What is called alike: the path up to the first point of the name. */
function keyOf(path: string): string {
  const point = path.indexOf('.', path.lastIndexOf('/') + 1);
  return point < 0 ? path : path.slice(0, point);
}

/** Numbers of the files of one kind by their keys. */
function filesOfKind(files: PictureFiles, kind: Kind): Map<string, number> {
  const found = new Map<string, number>();
  files.files.forEach(({ path, bytes }, number) => {
    const key = keyOf(path);
    if (
      bytes <= MAX_BYTES &&
      path.length === key.length + 1 + kind.length &&
      path.toLowerCase().endsWith(kind)
    )
      found.set(key, number);
  });
  return found;
}

/** The label in JSON: of the field that is asked for, else of one that is called as labels are; null without one. */
function labelInJson(text: string, field: string | undefined): Label | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof json !== 'object' || json === null) return null;
  const entries = Object.entries(json);
  const found = entries.find(([name]) =>
    field === undefined ? isLabelHeader(name) || name === 'cls' : name === field,
  );
  const value: unknown = found?.[1];
  return typeof value === 'string' || Number.isSafeInteger(value) ? (value as Label) : null;
}

/**
 * The labels beside pictures, where most of these have one.
 *
 * @param numbers of the files that are pictures
 * @param field of JSON in which labels are, where someone has chosen it
 * @returns null where labels are not kept so
 */
export async function labelsBeside(
  files: PictureFiles,
  numbers: readonly number[],
  field: string | undefined,
): Promise<FileLabels | null> {
  const keys = numbers.map((number) => keyOf(files.files[number].path));
  for (const kind of KINDS) {
    const beside = filesOfKind(files, kind);
    if (beside.size === 0 || 2 * keys.filter((key) => beside.has(key)).length < keys.length) continue;
    const decoder = new TextDecoder();
    const labelOf = new Map<string, Label>();
    const keyOfFile = new Map([...beside].map(([key, number]) => [number, key]));
    await files.read([...beside.values()], (number, content) => {
      if (content instanceof LabError) return;
      const text = decoder.decode(content);
      const label = kind === 'json' ? labelInJson(text, field) : cleanName(text);
      if (label !== null) labelOf.set(keyOfFile.get(number)!, label);
    });
    const labels = keys.map((key) => labelOf.get(key));
    // Texts about the pictures without a class of each are not what is looked for.
    if (2 * labels.filter((label) => label !== undefined).length < labels.length) continue;
    return {
      paths: [files.files[beside.values().next().value!].path],
      areNaming: true,
      isTelling: true,
      isCertain: true,
      labels,
      parts: labels.map(() => null),
      doubtful: [],
      notices: noticesOn(files, numbers, keys, kind),
    };
  }
  return null;
}

/** Says where the labels are from, and that pictures of one name have one label. */
function noticesOn(
  files: PictureFiles,
  numbers: readonly number[],
  keys: readonly string[],
  kind: Kind,
): ReadNotice[] {
  const notices: ReadNotice[] = [
    { code: 'labels-beside', text: `The classes are those in the .${kind} files beside the pictures.` },
  ];
  const several = keys.length - new Set(keys).size;
  if (several > 0) {
    const endings = new Set(numbers.map((number, k) => files.files[number].path.slice(keys[k].length)));
    notices.push({
      code: 'pictures-of-one-name',
      text: `${several} pictures are called as another one is up to their endings (${listed([...endings], 4)}); all have the label that is beside them.`,
    });
  }
  return notices;
}
