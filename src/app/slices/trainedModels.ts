/** Networks that leave the page as tfjs files, and those that come in to be looked at. */
import { download } from '../../platform/download.ts';
import type { ImportedModel } from '../../contracts/training.ts';
import type { StoreContext } from '../storeContext.ts';
import { createTaskRunner } from '../tasks.ts';
import type { TrainingBook } from '../training/book.ts';
import { openTestSide } from '../training/sides.ts';
import type { Messages } from '../messages.ts';
import type { ModelActions } from '../../stations/lab/training.ts';

export function createTrainedModels(
  { get, services }: StoreContext,
  messages: Messages,
  book: TrainingBook,
): ModelActions {
  const imported = createTaskRunner<ImportedModel>({
    read: () => get().images.training.imported,
    write: (task) => book.patch({ imported: task }),
  });
  return {
    async exportModel(id) {
      try {
        // What is written of it now has to be there.
        await book.settled();
        const { name, file } = await services.trainer().exportModel({ runId: id });
        download(name, file, file.type);
      } catch (thrown) {
        messages.sayError(thrown);
      }
    },
    async evaluateModel(files) {
      const { source, settings, training } = get().images;
      if (source === null || files.length === 0) return;
      const side = openTestSide(services, { source, settings });
      await imported.run(async ({ signal, onProgress }) => {
        try {
          return await services
            .trainer()
            .evaluateModel(
              { files, wish: training.wish, testPixels: side.pixels },
              { signal: AbortSignal.any([signal, side.lost]), onProgress },
            );
        } catch (thrown) {
          throw side.error() ?? thrown;
        } finally {
          side.end();
        }
      });
    },
    cancelEvaluation: () => imported.cancel(),
  };
}
