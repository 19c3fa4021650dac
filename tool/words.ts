/** Numbers in words. */

export function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(2)} %`;
}

/** Rows of cells as columns that stand below one another, the first to the left and numbers to the right. */
export function columns(rows: readonly (readonly (string | number)[])[]): string {
  const cells = rows.map((row) =>
    row.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en') : cell)),
  );
  const widths: number[] = [];
  for (const row of cells) row.forEach((cell, c) => (widths[c] = Math.max(widths[c] ?? 0, cell.length)));
  const isNumber = (r: number, c: number): boolean => typeof rows[r][c] === 'number';
  return cells
    .map((row, r) =>
      row
        .map((cell, c) => (isNumber(r, c) ? cell.padStart(widths[c]) : cell.padEnd(widths[c])))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
