/** Pictures that are opened in place of what is open, and read again in another way. */
import type { ImageSettings, ImageSource } from '../../contracts/images.ts';
import type { LinkedExperiment } from '../../contracts/link.ts';
import { FORMER_READING } from '../../contracts/link/readings.ts';
import type { TrainingSettings } from '../../contracts/training.ts';
import type { DataActions } from '../../stations/lab/data.ts';
import type { Task } from '../../stations/lab/task.ts';
import { linkedImageSettings } from '../../contracts/imageFitting.ts';
import { imagesReadAs } from '../pictures/link.ts';
import type { HeldFiles } from '../heldFiles.ts';
import type { StoreContext } from '../storeContext.ts';
import type { Images } from './images.ts';
import type { Messages } from '../messages.ts';

/** What is being asked for, shared by whatever opens something. */
export interface Asking {
  /** What a link says beyond its dataset, until that dataset is open. */
  linked: LinkedExperiment | null;
  /** Counts what was asked to be opened: an address that had to wait for the list of archives may be late. */
  turn: number;
  filesOpened: number;
  /** Counts what the user asked to be opened, from the moment of asking. */
  asked: number;
  files: HeldFiles;
}

/** The table that may be open, or be opened, instead. */
interface Table {
  cancel: () => void;
  clear: () => void;
  sayFailure: (task: Pick<Task<unknown>, 'status' | 'error'>) => void;
}

export interface ImageOpening extends Pick<DataActions, 'readImagesAs'> {
  /**
   * @param training settings of training networks that a link gives
   * @returns whether they are open
   */
  openImages: (
    wanted: ImageSource,
    chosen: Partial<ImageSettings>,
    training?: Partial<TrainingSettings>,
  ) => Promise<boolean>;
}

export function createImageOpening(
  { get, set }: StoreContext,
  messages: Messages,
  images: Images,
  asking: Asking,
  table: Table,
): ImageOpening {
  async function openImages(
    wanted: ImageSource,
    chosen: Partial<ImageSettings>,
    training: Partial<TrainingSettings> = {},
  ): Promise<boolean> {
    asking.turn++;
    table.cancel();
    const { awaited } = get();
    const isForLink = wanted.kind === 'files' && awaited !== null;
    const linked = isForLink ? asking.linked : null;
    const source = isForLink ? imagesReadAs(wanted, linked?.images.reading ?? {}) : wanted;
    const opened = await images.open(
      source,
      linked !== null ? linkedImageSettings(linked) : chosen,
      isForLink ? awaited.datasetId : null,
      linked?.images.training ?? training,
    );
    if (opened === null) {
      const { status, error } = get().images.dataset;
      if (status === 'failed' && error?.code === 'LINK_DATASET_MISMATCH') {
        messages.say({
          tone: 'warning',
          code: error.code,
          what: error.what,
          todo: awaited?.isOfFormerReading ? FORMER_READING : error.todo,
          action: { label: 'Go on with it', run: () => void openOther(source) },
          opening: asking.asked,
        });
      } else table.sayFailure(get().images.dataset);
      return false;
    }
    asking.linked = null;
    asking.files.hold(opened.id, source);
    messages.forgetOpenings(asking.asked);
    table.clear();
    set({ kind: 'images', source: null, awaited: null, choice: null });
    return true;
  }

  /** The pictures that came in place of the awaited ones, with the settings of the link. */
  async function openOther(source: ImageSource): Promise<void> {
    const { linked } = asking;
    asking.linked = null;
    asking.asked++;
    set({ awaited: null });
    if (linked === null) await openImages(source, {});
    else await openImages(source, linkedImageSettings(linked), linked.images.training);
  }

  return {
    openImages,
    async readImagesAs(reading) {
      const { source: former, settings, training } = get().images;
      if (former === null) return;
      if (former.kind === 'archive') {
        messages.say({
          tone: 'info',
          code: null,
          what: 'These pictures come from an archive, which holds them as they were read.',
          todo: 'Open their files to read them in another way.',
        });
        return;
      }
      asking.asked++;
      if (await openImages(imagesReadAs(former, reading), settings, training.settings)) {
        messages.offerUndo(
          'The pictures were read again.',
          () => {},
          () => void openImages(former, settings, training.settings),
        );
      }
    },
  };
}
