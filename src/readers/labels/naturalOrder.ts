/** The order that people expect of names with numbers in them: "2" before "10". The same in every browser. */

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Where the run of digits from `at` on ends. */
function endOfDigits(text: string, at: number): number {
  let end = at;
  while (end < text.length && isDigit(text.charCodeAt(end))) end++;
  return end;
}

/**
 * Compares texts character by character, and runs of digits by their numbers; what is equal in that way ("a1", "a01")
 * by its characters.
 */
export function compareNatural(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(j);
    if (!isDigit(x) || !isDigit(y)) {
      if (x !== y) return x - y;
      i++;
      j++;
      continue;
    }
    const iEnd = endOfDigits(a, i);
    const jEnd = endOfDigits(b, j);
    while (i < iEnd - 1 && a.charCodeAt(i) === 48) i++;
    while (j < jEnd - 1 && b.charCodeAt(j) === 48) j++;
    if (iEnd - i !== jEnd - j) return iEnd - i - (jEnd - j);
    for (; i < iEnd; i++, j++) {
      const difference = a.charCodeAt(i) - b.charCodeAt(j);
      if (difference !== 0) return difference;
    }
  }
  const rest = a.length - i - (b.length - j);
  if (rest !== 0) return rest;
  return a < b ? -1 : a > b ? 1 : 0;
}
