/** What is said of pictures wherever an archive is named. */
import type { ImageSettings } from '../core/images/settings.ts';
import type { ImageReading } from '../readers/imageReading.ts';

/** What decoding gives back: every pixel, or nearly. */
export type Fidelity =
  | { kind: 'exact' }
  | {
      kind: 'near';
      /** Peak signal-to-noise ratio in dB over all pixels and channels. */
      psnr: number;
      /** Largest difference of a channel, in levels of 255. */
      maxError: number;
      /** Share of channel values that come back exactly. */
      exactShare: number;
      /** Not measured here: what an archive says of itself that was taken in as a file. Nothing in it proves it. */
      isClaimed?: boolean;
    };

/** Whether losses are those that an archive states which came as a file. */
export function isClaimed(fidelity: Fidelity | undefined): boolean {
  return fidelity?.kind === 'near' && fidelity.isClaimed === true;
}

/** What an archive in the browser's list holds, when it holds pictures. */
export interface ImageArchiveFacts {
  width: number;
  height: number;
  channels: 1 | 3;
  classes: number;
  trainRecords: number;
  fidelity: Fidelity;
  settings: ImageSettings;
  /** How the pictures were read, where someone decided otherwise than the reader. */
  reading?: ImageReading;
}
