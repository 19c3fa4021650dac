/** The record to look at after this one: seems drawn by chance, comes by every record, needs no generator. */
export function nextDraw(index: number, rows: number): number {
  if (rows < 2) return 0;
  // A step near the golden section, made coprime to the number of rows.
  let step = Math.max(1, Math.round(rows * 0.6180339887));
  while (greatestCommonDivisor(step, rows) !== 1) step++;
  return (index + step) % rows;
}

function greatestCommonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}
