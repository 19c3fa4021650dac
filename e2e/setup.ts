/** Before all tests: writes the samples that the build is served with. */
import { mkdir, writeFile } from 'node:fs/promises';
import { SERVED_SAMPLES, SERVED_STEP, someDiamonds } from './pages/samples.ts';

export default async function setUp(): Promise<void> {
  await mkdir(SERVED_SAMPLES, { recursive: true });
  await writeFile(new URL('diamonds.csv', SERVED_SAMPLES), await someDiamonds(SERVED_STEP));
}
