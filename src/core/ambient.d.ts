// What a page, a worker and Node share and core may use beyond the language itself. Seen by
// tsconfig.core.json only; everywhere else the real libraries declare these names.

declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
  encodeInto(source: string, destination: Uint8Array): { read: number; written: number };
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(input?: ArrayBufferLike | ArrayBufferView, options?: { stream?: boolean }): string;
}

declare const performance: { now(): number };

declare function structuredClone<T>(value: T, options?: { transfer?: unknown[] }): T;

declare function queueMicrotask(callback: () => void): void;

declare function setTimeout(callback: () => void, milliseconds: number): unknown;

declare class ReadableStream<R> {
  constructor(source: {
    pull?: (controller: { enqueue: (piece: R) => void; close: () => void }) => Promise<void>;
    cancel?: () => Promise<void>;
  });
}
