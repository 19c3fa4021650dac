/** A dropped file as the readers of tables want it; in a page, in a worker and in Node. */
import { LabError } from '../core/errors.ts';
import type { TableFile } from '../readers/tableReading.ts';

/** @returns a file whose reading rejects with LabError FILE_UNREADABLE when it has gone */
export function tableFileOf(file: File): TableFile {
  const unreadable = (cause: unknown): LabError =>
    new LabError(
      'FILE_UNREADABLE',
      `${file.name} could not be read: ${cause instanceof Error ? cause.message : String(cause)}.`,
      { cause },
    );
  return {
    name: file.name,
    bytes: file.size,
    open: () =>
      Promise.resolve(
        (async function* () {
          const reader = file.stream().getReader();
          try {
            for (;;) {
              const { done, value } = await reader.read().catch((cause: unknown) => {
                throw unreadable(cause);
              });
              if (done) return;
              yield value;
            }
          } finally {
            reader.cancel().catch(() => undefined);
          }
        })(),
      ),
    slice: async (from, to) => {
      const bytes = await file
        .slice(from, to)
        .arrayBuffer()
        .catch((cause: unknown) => {
          throw unreadable(cause);
        });
      return new Uint8Array(bytes);
    },
  };
}
