/** Several tables that were given together: one of them is opened, or it is asked which. */
import type { DatasetSource, TablePlace } from '../../contracts/codec.ts';
import type { DroppedFile } from '../../contracts/images.ts';
import type { DataActions, TableChoice } from '../../stations/lab/data.ts';
import type { Messages } from '../messages.ts';
import type { StoreContext } from '../storeContext.ts';
import type { Asking, ImageOpening } from './imageOpening.ts';

/** How a single table, or pictures, are opened. */
interface Others extends Pick<ImageOpening, 'openImages'> {
  load: (source: DatasetSource) => Promise<void>;
}

export interface TableOpening extends Pick<DataActions, 'openFound' | 'forgetChoice'> {
  open: (files: DroppedFile[]) => Promise<void>;
}

export function createTableOpening(
  { get, set, services }: StoreContext,
  messages: Messages,
  asking: Asking,
  others: Others,
): TableOpening {
  /** A found table as a dropped one. */
  function placeOf({ files, found }: TableChoice, number: number): TablePlace {
    const { file, inside } = found.tables[number];
    return inside === null ? { file: files[file].file } : { file: files[file].file, inside };
  }

  async function openChosen(choice: TableChoice, table: number, test?: number): Promise<void> {
    const place = placeOf(choice, table);
    await others.load({
      kind: 'file',
      ...place,
      ...(test === undefined ? {} : { test: placeOf(choice, test) }),
    });
  }

  /** Opens the table among files, or asks which where there are several. */
  async function open(files: DroppedFile[]): Promise<void> {
    const mine = asking.asked;
    const found = await services.tablesOfFiles(files).catch((thrown: unknown) => {
      messages.sayError(thrown, mine);
      return null;
    });
    if (found === null || mine !== asking.asked) return;
    const { tables, pair } = found;
    const choice = { files, found };
    if (tables.length === 0) {
      if (files.length === 1) await others.load({ kind: 'file', file: files[0].file });
      else await others.openImages({ kind: 'files', files, token: ++asking.filesOpened }, {});
      return;
    }
    // A link says which table it was made from, and whether it had test records.
    const { awaited } = get();
    if (awaited !== null && pair !== null && (asking.linked?.reading.testRows ?? 0) > 0) {
      await openChosen(choice, pair.train, pair.test);
      return;
    }
    const wanted =
      awaited === null
        ? -1
        : tables.findIndex(({ file, inside }) => {
            const { name } = files[file].file;
            return (inside === null ? name : `${name}/${inside}`) === awaited.fileName;
          });
    if (tables.length > 1 && wanted < 0) {
      set({ choice, station: 'data' });
      return;
    }
    const hasOthers = new Set(tables.map(({ file }) => file)).size < files.length;
    if (hasOthers && tables.length === 1)
      messages.say({
        tone: 'info',
        code: null,
        what: `${tables[0].path} is the only table among ${files.length} files, and is opened.`,
        todo: null,
      });
    await openChosen(choice, Math.max(0, wanted));
  }

  return {
    open,
    async openFound(table, test) {
      const { choice } = get();
      if (choice !== null) await openChosen(choice, table, test);
    },
    forgetChoice: () => set({ choice: null }),
  };
}
