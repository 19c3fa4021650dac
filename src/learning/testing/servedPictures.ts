/** Pictures made up and served over a port, for tests: what the codec worker does, in memory. */
import type { FromServer, ServedFacts, ServedSubset, ToServer } from '../../contracts/subsetPort.ts';
import { type LabError } from '../../core/errors.ts';
import { mixBits } from '../../core/selection/epochSeed.ts';

export interface MadePictures {
  facts: ServedFacts;
  /** NHWC, picture after picture, in the order of the records. */
  pixels: Uint8Array;
}

/**
 * Pictures that a network can learn: each class is bright in a place of its own, over noise.
 *
 * @param records training and test pictures together; every fifth is a test picture
 */
export function makePictures(options: {
  records: number;
  width: number;
  height: number;
  channels: 1 | 3;
  classes: number;
  facts?: Partial<ServedFacts>;
}): MadePictures {
  const { records, width, height, channels, classes } = options;
  const length = width * height * channels;
  const pixels = new Uint8Array(records * length);
  const labels = new Uint16Array(records);
  const train: number[] = [];
  const test: number[] = [];
  for (let record = 0; record < records; record++) {
    const label = mixBits(record + 1) % classes;
    labels[record] = label;
    (record % 5 === 4 ? test : train).push(record);
    const start = Math.floor((label * length) / classes);
    const end = Math.floor(((label + 1) * length) / classes);
    for (let k = 0; k < length; k++) {
      const noise = mixBits(record * length + k) & 0x3f;
      pixels[record * length + k] = noise + (k >= start && k < end ? 150 : 0);
    }
  }
  return {
    pixels,
    facts: {
      datasetId: 'made',
      width,
      height,
      channels,
      classNames: Array.from({ length: classes }, (_, c) => `class ${c}`),
      labels,
      train: Uint32Array.from(train),
      test: Uint32Array.from(test),
      statistics: { mean: Array<number>(channels).fill(0.3), deviation: Array<number>(channels).fill(0.25) },
      rawBytes: train.length * length,
      storedBytes: null,
      fidelity: null,
      heldBytes: 0,
      ...options.facts,
    },
  };
}

export interface PictureServer {
  /** For whoever asks. */
  port: MessagePort;
  /** What was asked for, in order. */
  requests: Uint32Array[];
  /** Whether the other side has ended it. */
  isEnded(): boolean;
  /** Answers come only while it is not held. */
  hold(): void;
  letGo(): void;
  /** The next request fails with this. */
  failWith(error: LabError): void;
  /** As when its worker dies. */
  die(): void;
}

/** Serves pictures until the other side ends it. Node has to be told: a port that waits keeps it alive. */
export function servePictures(made: MadePictures): PictureServer {
  const { facts, pixels } = made;
  const length = facts.width * facts.height * facts.channels;
  const { port1, port2 } = new MessageChannel();
  const requests: Uint32Array[] = [];
  const held: (() => void)[] = [];
  let isHeld = false;
  let isEnded = false;
  let failure: LabError | null = null;
  const tell = (message: FromServer, transfer: Transferable[] = []) => {
    port1.postMessage(message, transfer);
  };

  function subsetOf(records: Uint32Array): ServedSubset {
    const chosen = new Uint8Array(records.length * length);
    records.forEach((record, k) => {
      chosen.set(pixels.subarray(record * length, (record + 1) * length), k * length);
    });
    const other = facts.storedBytes === null ? 0 : 100;
    return {
      pixels: chosen,
      labels: Uint16Array.from(records, (record) => facts.labels[record]),
      resident: {
        subset: chosen.length,
        bases: other,
        index: 0,
        blocks: 0,
        total: chosen.length + other,
      },
      bytesRead: chosen.length,
      seconds: 0.001,
    };
  }

  function answer(number: number, records: Uint32Array): void {
    if (failure !== null) {
      tell({ kind: 'failed', number, error: failure.report() });
      failure = null;
      return;
    }
    const subset = subsetOf(records);
    tell({ kind: 'subset', number, subset }, [subset.pixels.buffer, subset.labels.buffer]);
  }

  port1.onmessage = ({ data }: MessageEvent<ToServer>) => {
    if (data.kind === 'fetch') {
      requests.push(data.records);
      const later = () => answer(data.number, data.records);
      if (isHeld) held.push(later);
      else later();
    } else if (data.kind === 'end') {
      isEnded = true;
      port1.close();
    }
  };
  tell({ kind: 'facts', facts });

  return {
    port: port2,
    requests,
    isEnded: () => isEnded,
    hold() {
      isHeld = true;
    },
    letGo() {
      isHeld = false;
      for (const later of held.splice(0)) later();
    },
    failWith(error) {
      failure = error;
    },
    die() {
      port1.close();
    },
  };
}
