import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holdsDataset } from '../../contracts/codec.ts';
import type { ImageSettings, ImageSource } from '../../contracts/images.ts';
import { joinPieces } from '../../core/archive/container.ts';
import { encodeTable } from '../../core/images/encodeTable.ts';
import type { ImageSet } from '../../core/images/imageSet.ts';
import { makeImageArchive } from '../../core/images/makeImageArchive.ts';
import { splitImages } from '../../core/images/split.ts';
import { imageSetId } from '../../core/images/statistics.ts';
import { SILENT_PULSE } from '../../core/pulse.ts';
import { archiveSource } from './subsetSource.ts';
import { Shelf } from './shelf.ts';
import {
  closeBrowsers,
  codeOf,
  colourSet,
  compress,
  inspect,
  list,
  NEAR,
  newBrowser,
  open,
  send,
  settingsWith,
  take,
  verify,
  type Browser,
} from './testing/browsers.ts';
import { sourceOf } from './testing/pictureSources.ts';

/** An archive of these pictures that names whatever it likes; `drawn` as its settings do not say. */
async function forged(
  set: ImageSet,
  settings: ImageSettings,
  datasetId = imageSetId(set),
  drawn = settings,
): Promise<Blob> {
  const label = { datasetId, name: 'MNIST', fileName: 'data' };
  const split = splitImages(set, drawn);
  const { image } = await makeImageArchive(set, split, settings, label, [encodeTable], SILENT_PULSE);
  return new Blob([joinPieces(image) as Uint8Array<ArrayBuffer>]);
}

/** Pictures with the class names that they have when they are read from files. */
const read = (set: ImageSet): ImageSet => ({ ...set, classNames: ['0', '1'] });

const archiveOf = (id: string): ImageSource => ({ kind: 'archive', id });

let here: Browser;
beforeEach(async () => {
  here = await newBrowser();
});
afterEach(closeBrowsers);

describe('an archive from elsewhere that holds its pictures only nearly', () => {
  const genuine = read(colourSet());
  const swapped: ImageSet = { ...genuine, labels: genuine.labels.map((label) => 1 - label) };
  const named = imageSetId(genuine);

  it('goes by the pictures that it gives, and what it says of its losses is its own account', async () => {
    const listing = await take(here, await forged(swapped, NEAR, named));
    const opened = await open(here, archiveOf(listing.id));
    expect(listing.datasetId).toBe(opened.id);
    expect(opened).toMatchObject({ isNear: true, sampleId: null });
    expect(opened.id).not.toBe(named);
    expect(listing.images!.fidelity).toMatchObject({ kind: 'near', isClaimed: true });
    expect([holdsDataset(listing, opened.id), holdsDataset(listing, named)]).toEqual([true, false]);
    expect(await verify(here, listing.id)).toMatchObject({ records: 60, claims: named });
    const report = await compress(here, archiveOf(listing.id), listing.images!.settings);
    expect(report).toMatchObject({ id: listing.id, workers: 0, fidelity: { kind: 'near', isClaimed: true } });
    const { facts } = await archiveSource(
      await new Shelf(() => Promise.resolve(here.store)).open(listing.id, SILENT_PULSE),
    );
    expect(facts).toMatchObject({ datasetId: opened.id, fidelity: { isClaimed: true } });
  });

  it('stands beside the one that is made here, and never in its place', async () => {
    const made = await compress(here, sourceOf(genuine), NEAR);
    const before = await (await send(here, made.id)).file.arrayBuffer();
    const listing = await take(here, await forged(swapped, NEAR, named));
    expect(listing.id).not.toBe(made.id);
    expect((await list(here)).map(({ id }) => id).sort()).toEqual([made.id, listing.id].sort());
    expect(await (await send(here, made.id)).file.arrayBuffer()).toEqual(before);
    expect((await inspect(here, made.id, 3)).className).toBe(String(genuine.labels[3]));
    // Once the genuine one is gone, it does not answer for it.
    await here.store.delete([made.id]);
    const source: ImageSource = { kind: 'archive', id: made.id, datasetId: named };
    expect(await codeOf(open(here, source))).toBe('ARCHIVE_NOT_FOUND');
  });

  it('is another one with other labels or names of classes', async () => {
    const renamed: ImageSet = { ...genuine, classNames: ['one', 'two'] };
    const ids: string[] = [];
    for (const set of [genuine, swapped, renamed])
      ids.push((await take(here, await forged(set, NEAR, named))).id);
    expect(new Set(ids).size).toBe(3);
    expect((await take(here, await forged(swapped, NEAR, named))).id).toBe(ids[1]);
  });

  it('is the one that was made here if it is just that file', async () => {
    const made = await compress(here, sourceOf(genuine), NEAR);
    const listing = await take(here, (await send(here, made.id)).file);
    expect(listing).toMatchObject({ id: made.id, datasetId: named, kept: true });
    expect(listing.images!.fidelity).toEqual(made.fidelity);
  });

  it('does not open where the exact pictures are asked for, even if it was made here', async () => {
    const made = await compress(here, sourceOf(genuine), NEAR);
    const [listing] = await list(here);
    expect([listing.datasetId, holdsDataset(listing, named)]).toEqual([named, false]);
    const gone: ImageSource = { kind: 'archive', id: 'gone', datasetId: named };
    expect(await codeOf(open(here, gone))).toBe('ARCHIVE_NOT_FOUND');
    const exact = await compress(here, sourceOf(genuine), settingsWith());
    expect(exact.id).not.toBe(made.id);
    expect((await open(here, gone)).id).toBe(named);
  });
});

describe('an archive from elsewhere whose test pictures are not those that its settings draw', () => {
  it('is one of its own, though its pictures are proven', async () => {
    const set = read(colourSet());
    const settings = settingsWith();
    const made = await compress(here, sourceOf(set), settings);
    const other = await take(here, await forged(set, settings, undefined, { ...settings, split: 99 }));
    expect(other).toMatchObject({ datasetId: imageSetId(set), images: { fidelity: { kind: 'exact' } } });
    expect(other.id).not.toBe(made.id);
    expect((await take(here, await forged(set, settings))).id).toBe(made.id);
  });
});
