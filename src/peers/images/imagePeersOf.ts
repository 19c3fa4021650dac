/** Which peers of an archive of pictures there are. A new one is a line here. */
import { allPeer } from './allPeer.ts';
import { deflateCodec } from './deflateCodec.ts';
import { dictionaryCodec } from './dictionaryCodec.ts';
import { pngCodec, qoiCodec, webpCodec } from './formats.ts';
import type { ImagePeer, MeasuredPictures } from './imagePeer.ts';
import type { ImagePeerLibraries } from './libraries.ts';
import { picturePeer } from './picturePeer.ts';

export function imagePeersOf(pictures: MeasuredPictures, libraries: ImagePeerLibraries): ImagePeer[] {
  return [
    picturePeer(pictures, deflateCodec),
    picturePeer(pictures, pngCodec(libraries)),
    picturePeer(pictures, webpCodec(libraries)),
    picturePeer(pictures, qoiCodec(libraries)),
    picturePeer(pictures, dictionaryCodec(libraries)),
    allPeer(pictures),
  ];
}
