/** The first segments of JPEGs, with bytes between them that belong to none. */
import { fullHeader } from '../../pictures/header.ts';
import { joined } from '../imageFiles.ts';
import { jpegStart } from '../pictureFiles.ts';
import { damage, type Chance, type FuzzGenerator } from './generator.ts';

function segment(random: Chance): Uint8Array {
  const content = random.bytes(random.whole(0, 40));
  const length = random.is(0.1) ? random.whole(0, 0xffff) : content.length + 2;
  const marker = random.one([0xe0, 0xe1, 0xe2, 0xfe, 0xdb, 0xc4, 0xdd, 0xc0, 0xc2, random.whole(0, 255)]);
  return joined([0xff, marker, length >>> 8, length & 255], content);
}

export const JPEG_FUZZ: FuzzGenerator = {
  name: 'jpeg-header',
  make(random) {
    const start = jpegStart(random.whole(0, 0xffff), random.whole(0, 0xffff), {
      orientation: random.whole(0, 9),
      components: random.whole(0, 4),
      isLittle: random.is(0.5),
    });
    const between = random.some(0, 4, () =>
      random.is(0.5) ? segment(random) : random.bytes(random.whole(1, 20)),
    );
    const jpeg = joined(start.subarray(0, 2), ...between, start.subarray(2));
    return random.is(0.5) ? damage(random, jpeg) : jpeg;
  },
  async read(bytes) {
    const header = fullHeader(bytes);
    if (header !== null && !(header.width > 0 && header.height > 0 && header.orientation <= 8))
      throw new RangeError(`a picture of ${header.width} × ${header.height}`);
  },
};
