/** Results of trainings that come with the lab: `paper/results.json`, which `npm run reproduce` writes. */
import { readResults, type RecordedResult } from '../contracts/results.ts';

/** Most characters of the file that are read. */
const MOST_CHARACTERS = 8_000_000;

/** The results of the file; none where there is no file, or none that can be read. */
export async function fetchShippedResults(
  baseUrl: string,
  fetchFile: typeof fetch = (...request) => fetch(...request),
): Promise<RecordedResult[]> {
  try {
    const response = await fetchFile(new URL('paper/results.json', baseUrl));
    if (!response.ok || response.headers.get('content-type')?.startsWith('text/html')) return [];
    const text = await response.text();
    return text.length > MOST_CHARACTERS ? [] : (readResults(JSON.parse(text)) ?? []);
  } catch {
    return [];
  }
}
