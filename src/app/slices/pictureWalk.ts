/** The step-through of a class of pictures: asked for where it is shown. */
import type { PictureWalk } from '../../contracts/pictureWalk.ts';
import type { StoreContext } from '../storeContext.ts';
import { createTaskRunner } from '../tasks.ts';
import type { PictureWalkActions } from '../../stations/lab/walk.ts';

export function createPictureWalk({ get, set, services }: StoreContext): PictureWalkActions {
  const runner = createTaskRunner<PictureWalk>({
    read: () => get().pictureWalk,
    write: (pictureWalk) => set({ pictureWalk }),
  });
  return {
    async walkPictures(request) {
      // The worker that holds the pictures: another one would have to read them first.
      await runner.run((options) => services.client.pictureWalk(request, options));
    },
    cancelPictureWalk: () => runner.cancel(),
  };
}
