// Makes the straight-line cosine transforms:
//
//     npx tsx scripts/butterflies.ts
//
// writes src/core/images/transforms/butterflies.generated.ts. What they compute, and why the inverse is exact in its roundings, is
// in docs/FORMAT.md ("Cosine transform"); a test holds the file to this script.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cosine } from '../src/core/images/transforms/cosine.ts';

const FILE = fileURLToPath(
  new URL('../src/core/images/transforms/butterflies.generated.ts', import.meta.url),
);
const LENGTHS = [8, 16, 32, 64];
const FRACTION = 2 ** 20;

/** The nearest multiple of 2^-20, which a double holds exactly. */
const constant = (value: number): number => Math.round(value * FRACTION) / FRACTION;
const SQRT2 = Math.sqrt(2);

/** A sum of products of variables with constants. */
type Term = readonly [factor: number, variable: string];

/** The body of one function, statement by statement. */
class Body {
  readonly statements: string[] = [];
  private count = 0;
  private readonly rounds: boolean;

  /** @param rounds whether every product is rounded to a whole number */
  constructor(rounds: boolean) {
    this.rounds = rounds;
  }

  let(expression: string): string {
    const name = `t${this.count++}`;
    this.statements.push(`const ${name} = ${expression};`);
    return name;
  }

  sum(a: string, b: string): string {
    return this.let(`${a} + ${b}`);
  }

  difference(a: string, b: string): string {
    return this.let(`${a} - ${b}`);
  }

  products(...terms: Term[]): string {
    const text = terms
      .map(([factor, variable], k) => {
        const sign = k === 0 ? (factor < 0 ? '-' : '') : factor < 0 ? ' - ' : ' + ';
        return `${sign}${constant(Math.abs(factor))} * ${variable}`;
      })
      .join('');
    return this.let(this.rounds ? `${text} + ROUND - ROUND` : text);
  }
}

/** √n · C_II(n): the cosine transform of n values. */
function forwardTwo(body: Body, x: string[]): string[] {
  const n = x.length;
  if (n === 1) return x;
  const half = n / 2;
  const ends = Array.from({ length: half }, (_, j) => [x[j], x[n - 1 - j]] as const);
  const even = forwardTwo(
    body,
    ends.map(([a, b]) => body.sum(a, b)),
  );
  const odd = forwardFour(
    body,
    ends.map(([a, b]) => body.difference(a, b)),
  );
  return Array.from({ length: n }, (_, k) => (k % 2 === 0 ? even[k / 2] : odd[(k - 1) / 2]));
}

/** √m · C_IV(m), for the odd frequencies of a transform of 2m values. */
function forwardFour(body: Body, v: string[]): string[] {
  const m = v.length;
  if (m === 1) return v;
  const half = m / 2;
  const scale = m === 2 ? SQRT2 : 1;
  const a: string[] = [];
  const b: string[] = [];
  for (let j = 0; j < half; j++) {
    const [c, s] = rotation(j, m, scale);
    const sign = j % 2 === 0 ? 1 : -1;
    a.push(body.products([c, v[j]], [s, v[m - 1 - j]]));
    b.push(body.products([sign * s, v[j]], [-sign * c, v[m - 1 - j]]));
  }
  if (m === 2) return [a[0], b[0]];
  const upper = forwardTwo(body, a);
  const lower = forwardTwo(body, b);
  const y: string[] = [];
  y[0] = body.products([SQRT2, upper[0]]);
  y[m - 1] = body.products([SQRT2, lower[0]]);
  for (let k = 1; k < half; k++) {
    y[2 * k - 1] = body.sum(upper[k], lower[half - k]);
    y[2 * k] = body.difference(upper[k], lower[half - k]);
  }
  return y;
}

/** The transpose of forwardTwo, which is n times its inverse. */
function inverseTwo(body: Body, y: string[]): string[] {
  const n = y.length;
  if (n === 1) return y;
  const even = inverseTwo(
    body,
    y.filter((_, k) => k % 2 === 0),
  );
  const odd = inverseFour(
    body,
    y.filter((_, k) => k % 2 === 1),
  );
  const x: string[] = [];
  for (let j = 0; j < n / 2; j++) {
    x[j] = body.sum(even[j], odd[j]);
    x[n - 1 - j] = body.difference(even[j], odd[j]);
  }
  return x;
}

/** The transpose of forwardFour. */
function inverseFour(body: Body, y: string[]): string[] {
  const m = y.length;
  if (m === 1) return y;
  const half = m / 2;
  const scale = m === 2 ? SQRT2 : 1;
  let a = [y[0]];
  let b = [y[1]];
  if (m > 2) {
    const upper: string[] = [body.products([SQRT2, y[0]])];
    const lower: string[] = [body.products([SQRT2, y[m - 1]])];
    for (let k = 1; k < half; k++) {
      upper[k] = body.sum(y[2 * k - 1], y[2 * k]);
      lower[half - k] = body.difference(y[2 * k - 1], y[2 * k]);
    }
    a = inverseTwo(body, upper);
    b = inverseTwo(body, lower);
  }
  const v: string[] = [];
  for (let j = 0; j < half; j++) {
    const [c, s] = rotation(j, m, scale);
    const sign = j % 2 === 0 ? 1 : -1;
    v[j] = body.products([c, a[j]], [sign * s, b[j]]);
    v[m - 1 - j] = body.products([s, a[j]], [-sign * c, b[j]]);
  }
  return v;
}

/** Cosine and sine of (2j + 1)π / 4m. */
function rotation(j: number, m: number, scale: number): readonly [number, number] {
  return [scale * cosine(2 * j + 1, 4 * m), scale * cosine(2 * m - 2 * j - 1, 4 * m)];
}

const PARAMETERS = ['input', 'at', 'step', 'output', 'to', 'stride', 'lines'];
const TYPES = ['Float64Array', 'number', 'number', 'Float64Array', 'number', 'number', 'number'];

function functionText(name: string, length: number, isInverse: boolean): string {
  const body = new Body(isInverse);
  const inputs = Array.from({ length }, (_, k) => body.let(k === 0 ? 'input[from]' : `input[from + ${k}]`));
  const outputs = (isInverse ? inverseTwo : forwardTwo)(body, inputs);
  const lines = [
    `export function ${name}${length}(`,
    ...PARAMETERS.map((parameter, k) => `  ${parameter}: ${TYPES[k]},`),
    '): void {',
    ...(isInverse ? [`  const ROUND = ${1.5 * 2 ** 52};`] : []),
    '  for (let line = 0; line < lines; line++) {',
    '    const from = at + line * step;',
    ...body.statements.map((statement) => `    ${statement}`),
    '    let k = to + line;',
    ...outputs.flatMap((variable, k) => [
      ...(k === 0 ? [] : ['    k += stride;']),
      `    output[k] = ${variable};`,
    ]),
    '  }',
    '}',
  ];
  return lines.join('\n');
}

/** The whole file. */
export function butterfliesText(): string {
  const head = [
    '/**',
    ' * Cosine transforms of 8, 16, 32 and 64 values as straight-line code: butterflies and rotations. Made by',
    ' * scripts/butterflies.ts: change that, and run it.',
    ' *',
    ' * Each transforms `lines` lines: value k of line r is input[at + r · step + k], and result k goes to',
    ' * output[to + r + k · stride]. Both ways the result is √n times the orthonormal one. The inverses round every product',
    ' * to a whole number, ties to even, by adding and subtracting 1.5 · 2^52.',
    ' */',
  ].join('\n');
  const functions = LENGTHS.flatMap((length) => [
    functionText('forward', length, false),
    functionText('inverse', length, true),
  ]);
  return [head, ...functions].join('\n\n') + '\n';
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(FILE, butterfliesText());
