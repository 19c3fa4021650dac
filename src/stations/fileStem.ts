/** A name as part of a file name that every system takes: "California Housing.csv" → "california-housing". */
export function fileStem(name: string): string {
  const stem = name
    .normalize('NFKC')
    .replace(/\.[a-z0-9]{1,5}$/i, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
  return stem === '' ? 'dataset' : stem.toLowerCase();
}
