/**
 * What the store of an embed is given. It computes and keeps as the lab does, in a database of its own; what somebody
 * has to have meant, deleting an archive, keeping it or taking one in, is refused here, whatever asks for it.
 */
import type { CodecClient } from '../contracts/calls.ts';
import { LabError } from '../contracts/errors.ts';
import type { LabServices } from './storeContext.ts';

const refused = (): Promise<never> =>
  Promise.reject(
    new LabError('EMBED_READ_ONLY', 'In a frame the lab deletes, keeps and takes in no archives.'),
  );

function withoutChanges(client: CodecClient): CodecClient {
  return { ...client, deleteArchives: refused, keepArchive: refused, importArchive: refused };
}

export function embedServices(services: LabServices): LabServices {
  const client = withoutChanges(services.client);
  const background = () => withoutChanges(services.background());
  const carrier = () => withoutChanges(services.carrier());
  const { runStore } = services;
  return {
    ...services,
    ...{ client, background, carrier },
    // A single run is of this embed, or of one like it: whoever trained it may let it go.
    runStore: { ...runStore, remove: (ids) => (ids === 'all' ? refused() : runStore.remove(ids)) },
    forgetEmbeds: () => Promise.resolve(),
  };
}
