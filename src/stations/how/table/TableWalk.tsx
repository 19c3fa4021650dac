/** The steps on a table. */
export function TableWalk() {
  return null;
}
