/** What the service needs from where it runs. */
import type { PictureDecoder } from '../readers/imageReading.ts';
import type { ArchiveStore } from '../platform/archiveStore.ts';
import type { GalleryFile } from '../platform/galleryFetch.ts';

export interface CodecServiceEnvironment {
  /** Opens the archive store, or throws LabError: archives are then simply not stored. */
  openStore(): Promise<ArchiveStore>;
  /** A gallery file by name. */
  fetchSample(fileName: string): Promise<GalleryFile>;
  /** Decodes the kinds of picture that the core leaves to its surroundings. */
  decodePicture: PictureDecoder;
}
