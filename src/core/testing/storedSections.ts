/** The sections of an archive as they stand in its file, to be changed and laid out anew. */
import { joinPieces, type ContainerImage, type Section } from '../archive/container.ts';

export function storedSections(image: ContainerImage): Section[] {
  const file = joinPieces(image);
  return image.sections.map(({ blocks, ...section }) => ({
    ...section,
    blocks: blocks.map(({ offset, length }) => file.slice(offset, offset + length)),
  }));
}
