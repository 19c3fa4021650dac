/** Generated tables: small, seeded by arithmetic, and with something to learn. */

/** A CSV of `rows` records with four features, a category and a linear target. */
export function linearCsv(rows: number, delimiter = ','): string {
  const lines = [['width', 'height', 'rate', 'kind', 'price'].join(delimiter)];
  let state = 12345;
  const random = (): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state / 2 ** 32;
  };
  for (let i = 0; i < rows; i++) {
    const width = Math.round(random() * 1000) / 10;
    const height = Math.round(random() * 500);
    const rate = Math.round(random() * 900) / (1 + Math.round(random() * 90));
    const kind = ['plain', 'plain', 'fine', 'rare'][Math.floor(random() * 4)];
    const extra = kind === 'rare' ? 40 : kind === 'fine' ? 10 : 0;
    const price = Math.round((3 * width + 0.5 * height + 0.1 * rate + extra + random() * 20) * 100) / 100;
    lines.push([width, height, rate, kind, price].join(delimiter));
  }
  return `${lines.join('\n')}\n`;
}
