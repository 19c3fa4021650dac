import { describe, expect, it } from 'vitest';
import { chosenFiles, droppedFiles, imageFileOf } from './droppedFiles.ts';

const file = (name: string, text = name): File => new File([text], name);

/** A dropped file or folder as browsers give it, a folder's entries two at a time. */
function entryOf(fullPath: string, inside?: FileSystemEntry[]): FileSystemEntry {
  const name = fullPath.slice(fullPath.lastIndexOf('/') + 1);
  const entry = {
    fullPath,
    name,
    isFile: inside === undefined,
    isDirectory: inside !== undefined,
    file: (resolve: (found: File) => void, reject: (error: Error) => void) =>
      name === 'locked' ? reject(new Error('no permission')) : resolve(file(name)),
    createReader: () => {
      let at = 0;
      return {
        readEntries: (resolve: (some: FileSystemEntry[]) => void) => resolve(inside!.slice(at, (at += 2))),
      };
    },
  };
  return entry as unknown as FileSystemEntry;
}

function dropOf(entries: (FileSystemEntry | null)[], files: File[] = []): DataTransfer {
  const items = entries.map((entry) => ({ kind: 'file', webkitGetAsEntry: () => entry }));
  return { items: [{ kind: 'string' }, ...items], files } as unknown as DataTransfer;
}

describe('droppedFiles', () => {
  it('goes through folders to the last file, in the order of paths', async () => {
    const cats = ['3', '1', '2', '5', '4'].map((n) => entryOf(`/pets/cat/${n}.png`));
    const pets = entryOf('/pets', [
      entryOf('/pets/names.txt'),
      entryOf('/pets/cat', cats),
      entryOf('/pets/empty', []),
    ]);
    const found = await droppedFiles(dropOf([pets, entryOf('/a.zip')]));
    expect(found.map(({ path }) => path)).toEqual([
      'a.zip',
      ...['1', '2', '3', '4', '5'].map((n) => `pets/cat/${n}.png`),
      'pets/names.txt',
    ]);
    expect(await found[1].file.text()).toBe('1.png');
  });

  it('takes files that have no entries', async () => {
    expect(await droppedFiles(dropOf([null], [file('b.png'), file('a.png')]))).toMatchObject([
      { path: 'a.png' },
      { path: 'b.png' },
    ]);
  });

  it('says which file cannot be read', async () => {
    const folder = entryOf('/pets', [entryOf('/pets/locked')]);
    await expect(droppedFiles(dropOf([folder]))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });

  it('ends at two hundred thousand files', async () => {
    const endless = {
      fullPath: '/endless',
      isDirectory: true,
      createReader: () => ({
        readEntries: (resolve: (some: unknown[]) => void) =>
          resolve(new Array(60_000).fill({ isFile: true })),
      }),
    };
    await expect(droppedFiles(dropOf([endless as unknown as FileSystemEntry]))).rejects.toMatchObject({
      code: 'IMAGES_TOO_LARGE',
    });
  });
});

describe('chosenFiles', () => {
  it('takes the path of a chosen folder, else the name', () => {
    const inFolder = file('1.png');
    Object.defineProperty(inFolder, 'webkitRelativePath', { value: 'pets/cat/1.png' });
    const alone = file('a.png');
    Object.defineProperty(alone, 'webkitRelativePath', { value: '' });
    expect(chosenFiles([inFolder, alone]).map(({ path }) => path)).toEqual(['a.png', 'pets/cat/1.png']);
  });
});

describe('imageFileOf', () => {
  it('reads parts of a file', async () => {
    const image = imageFileOf({ path: 'x/a.bin', file: file('a.bin', '0123456789') });
    expect(image).toMatchObject({ path: 'x/a.bin', bytes: 10 });
    expect(new TextDecoder().decode(await image.slice(3, 6))).toBe('345');
  });

  it('says so when the file is gone', async () => {
    const gone = {
      size: 5,
      slice: () => ({ arrayBuffer: () => Promise.reject(new Error('NotFoundError')) }),
    };
    const image = imageFileOf({ path: 'gone.png', file: gone as unknown as File });
    await expect(image.slice(0, 5)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });
});
