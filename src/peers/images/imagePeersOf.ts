/** Which peers of an archive of pictures there are. A new one is a line here. */
import { allPeer } from './allPeer.ts';
import { deflateCodec } from './deflateCodec.ts';
import { dictionaryCodec } from './dictionaryCodec.ts';
import { jxlCodec, pngCodec, qoiCodec, webpCodec } from './formats.ts';
import type { ImagePeer, MeasuredPictures } from './imagePeer.ts';
import type { ImagePeerLibraries } from './libraries.ts';
import { picturePeer } from './picturePeer.ts';

/** @param best measures those that have an effort at the best one as well, which takes minutes */
export function imagePeersOf(
  pictures: MeasuredPictures,
  libraries: ImagePeerLibraries,
  best: boolean,
): ImagePeer[] {
  const bestCodecs = [pngCodec(libraries, 'best'), webpCodec(libraries, 'best'), jxlCodec(libraries, 'best')];
  return [
    picturePeer(pictures, deflateCodec),
    picturePeer(pictures, pngCodec(libraries, 'usual')),
    picturePeer(pictures, webpCodec(libraries, 'usual')),
    picturePeer(pictures, qoiCodec(libraries)),
    picturePeer(pictures, dictionaryCodec(libraries)),
    allPeer(pictures),
    picturePeer(pictures, jxlCodec(libraries, 'usual')),
    ...(best ? bestCodecs.map((codec) => picturePeer(pictures, codec)) : []),
  ];
}
