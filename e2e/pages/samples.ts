/** Samples of the lab with fewer records: most tests need something to be open, and not much of it. */
import { readFile } from 'node:fs/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { BrowserContext } from '@playwright/test';

const SAMPLES = new URL('../../public/samples/', import.meta.url);

/** What the server of the tests has in place of the build's samples: a page that asks another way costs every request. */
export const SERVED_SAMPLES = new URL('../../.cache/e2e-samples/', import.meta.url);

/** Every so many-th record of Diamonds is served. With few, what is about something else takes a fraction of the time. */
export const SERVED_STEP = 18;

/** The header and every so many-th record of a table, from the first on. */
async function thinned(name: string, step: number): Promise<string> {
  const [header, ...records] = (await readFile(new URL(name, SAMPLES), 'utf8')).trimEnd().split(/\r?\n/);
  return [header, ...records.filter((_, k) => k % step === 0), ''].join('\n');
}

/** Diamonds; they lie in the order of their prices. */
export const someDiamonds = (step: number): Promise<string> => thinned('diamonds.csv', step);

/** Bank Marketing with 3,015 of its records. */
export const someCustomers = (): Promise<string> => thinned('bank.csv', 15);

/** Has the pages of a context be given this share of the diamonds and not the one that is served. */
export async function serveSomeDiamonds(context: BrowserContext, step: number): Promise<void> {
  await context.route('**/samples/diamonds.csv', async (route) => {
    await route.fulfill({ contentType: 'text/csv', body: await someDiamonds(step) });
  });
}

/** The first records of an IDX file, gzipped as the file is. */
async function firstOf(name: string, records: number): Promise<Buffer> {
  const whole = gunzipSync(await readFile(new URL(name, SAMPLES)));
  const headerBytes = 4 + 4 * whole[3];
  const recordBytes = (whole.length - headerBytes) / whole.readUInt32BE(4);
  const some = Buffer.from(whole.subarray(0, headerBytes + records * recordBytes));
  some.writeUInt32BE(records, 4);
  return gzipSync(some, { level: 1 });
}

/** Has the pages of a context be given a tenth of MNIST: 6,000 training and 1,000 test pictures. */
export async function serveSomeDigits(context: BrowserContext): Promise<void> {
  await context.route(/\/samples\/mnist-(train|t10k)-[^/]*$/, async (route) => {
    const name = new URL(route.request().url()).pathname.split('/').at(-1)!;
    const body = await firstOf(name, name.includes('train') ? 6_000 : 1_000);
    await route.fulfill({ contentType: 'application/gzip', body });
  });
}
