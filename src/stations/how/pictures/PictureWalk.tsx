/** The same steps on a class of pictures. */
export function PictureWalk() {
  return null;
}
