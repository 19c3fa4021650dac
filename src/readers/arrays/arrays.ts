/** Datasets in files of arrays: IDX, NumPy and CIFAR, with their labels in the same files or in others. */
import { LabError } from '../../core/errors.ts';
import type { Pulse } from '../../core/pulse.ts';
import type { ImageFile, ImageReading, ReadImages, ReadNotice } from '../imageReading.ts';
import { CIFAR_10_NAMES, openCifar, type CifarBatch } from './cifar.ts';
import { openIdx } from './idx.ts';
import { readClassNames, readLabelFile } from '../labels/labelFile.ts';
import { cleanName, namesClasses, type Label } from '../labels/labels.ts';
import type { SeenFile } from '../look.ts';
import { openNpy } from './npy.ts';
import { nameFacts, pairLabels, partsOf, type Counted } from '../labels/pairing.ts';
import { validationNotices } from '../labels/validation.ts';
import { assemble, type Pile, type PixelFile } from './pile.ts';
import type { Source } from '../source.ts';

/** Labels that wait to be read. */
interface LabelSource extends Counted {
  read: () => Promise<ArrayLike<Label>>;
}

/** What the files of a dataset hold, taken apart. */
interface Contents {
  images: PixelFile[];
  labels: LabelSource[];
  batches: CifarBatch[];
  /** Arrays that are neither, with what is wrong with them. */
  others: { path: string; error: LabError }[];
  hasIdx: boolean;
}

/** Whether any of the files is an array of the formats read here. */
export function holdArrays(seen: readonly SeenFile[]): boolean {
  return seen.some(({ kind }) => kind === 'idx' || kind === 'npy' || kind === 'cifar');
}

async function openAll(seen: readonly SeenFile[], pulse: Pulse): Promise<Contents> {
  const contents: Contents = { images: [], labels: [], batches: [], others: [], hasIdx: false };
  for (const { kind, source } of seen) {
    if (source === null) continue;
    if (kind === 'cifar') contents.batches.push(await openCifar(source, pulse));
    if (kind !== 'idx' && kind !== 'npy') continue;
    const content = kind === 'idx' ? openIdx(source) : await openNpy(source);
    if (content.kind === 'images') contents.images.push(content);
    else if (content.kind === 'labels') contents.labels.push(content);
    else contents.others.push(content);
    if (kind === 'idx') contents.hasIdx = true;
  }
  return contents;
}

/** @throws LabError IMAGES_LABELS_MISSING where labels are meant to be in the file, and are not */
async function labelsIn(file: ImageFile, isMeant: boolean): Promise<Label[]> {
  try {
    return (await readLabelFile(file)).labels;
  } catch (thrown) {
    if (isMeant || !(thrown instanceof LabError) || thrown.code !== 'IMAGES_LABELS_MISSING') throw thrown;
    return [];
  }
}

/** Labels in files of text, for pictures whose labels are in no array. */
async function textLabels(
  texts: readonly Source[],
  images: readonly Counted[],
  chosen: string | undefined,
): Promise<LabelSource[]> {
  const found: LabelSource[] = [];
  for (const { file } of texts) {
    const { path } = file;
    // A text beside the pictures may be about anything.
    const isMeant = path === chosen || nameFacts(path).holds === 'labels';
    const labels = await labelsIn(file, isMeant);
    if (!isMeant && !images.some(({ records }) => records === labels.length)) continue;
    found.push({ path, records: labels.length, read: () => Promise.resolve(labels) });
  }
  return found;
}

/** Names of the classes, from a file that says so by its name; of CIFAR-100 those of the fine labels. */
export async function namesFrom(texts: readonly Source[]): Promise<string[] | null> {
  const named = texts.filter(({ path }) => namesClasses(path));
  const chosen = named.find(({ path }) => /fine/i.test(path)) ?? named.at(0);
  return chosen === undefined ? null : readClassNames(chosen.file);
}

async function pilesOf(contents: Contents, texts: readonly Source[], reading: ImageReading): Promise<Pile[]> {
  const { images, labels, batches } = contents;
  const candidates = [...labels];
  const chosen = reading.labels;
  const isText = chosen !== undefined && texts.some(({ path }) => path === chosen);
  if (images.length > 0 && (labels.length === 0 || isText)) {
    const wanted = texts.filter(({ path }) => (isText ? path === chosen : !namesClasses(path)));
    candidates.push(...(await textLabels(wanted, images, chosen)));
  }
  const paired = pairLabels(images, candidates, chosen);
  const parts = partsOf([...images, ...batches].map(({ path }) => path));
  const piles: Pile[] = [];
  for (const [i, file] of images.entries())
    piles.push({ ...file, labels: await paired[i].read(), part: parts[i] });
  for (const [i, batch] of batches.entries()) piles.push({ ...batch, part: parts[images.length + i] });
  return piles;
}

/**
 * Reads datasets of IDX, NumPy and CIFAR files.
 *
 * @param seen all files that were given together
 * @throws LabError those of the formats, IMAGES_LABELS_MISSING, IMAGES_LABELS_MISMATCH, and those of `assemble`
 */
export async function readArrays(
  seen: readonly SeenFile[],
  reading: ImageReading,
  pulse: Pulse,
): Promise<ReadImages> {
  const contents = await openAll(seen, pulse);
  const { images, batches, others, hasIdx } = contents;
  const unread = others.find(({ path }) => /(^|[^a-z])(x|images?|labels?|y)([^a-z]|$)/i.test(path));
  if (images.length + batches.length === 0 || unread !== undefined) {
    const error = (unread ?? others.at(0))?.error;
    if (error !== undefined) throw error;
    const paths = contents.labels.map(({ path }) => cleanName(path)).join(', ');
    throw new LabError('IMAGES_NONE', `There are labels (${paths}), but no pictures.`);
  }
  const texts = seen.flatMap(({ kind, source }) => (kind === 'text' && source !== null ? [source] : []));
  const piles = await pilesOf(contents, texts, reading);
  const notices: ReadNotice[] = others.map(({ path, error }) => ({
    code: 'array-left-out',
    text: `${cleanName(path)} was left out: ${error.message}`,
  }));
  notices.push(...validationNotices(piles.map(({ path }) => path)));
  const isTen = images.length === 0 && batches.every(({ isFine }) => !isFine);
  return assemble(
    piles,
    {
      format: hasIdx ? 'idx' : images.length > 0 ? 'npy' : 'cifar',
      names: await namesFrom(texts),
      usualNames: isTen ? CIFAR_10_NAMES : undefined,
      notices,
    },
    reading,
    pulse,
  );
}
