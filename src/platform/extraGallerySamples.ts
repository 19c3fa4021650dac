/** Which samples that are made on demand this site has: `samples/optional.json`, which most sites do not have. */

/** Most bytes that the list may have. */
const MOST_BYTES = 4_096;

/** Ids in the list; none where there is no list, or none that can be read. */
export async function fetchExtraGallerySamples(
  baseUrl: string,
  fetchFile: typeof fetch = (...request) => fetch(...request),
): Promise<string[]> {
  try {
    const response = await fetchFile(new URL('samples/optional.json', baseUrl));
    if (!response.ok || response.headers.get('content-type')?.startsWith('text/html')) return [];
    const text = await response.text();
    if (text.length > MOST_BYTES) return [];
    const list: unknown = JSON.parse(text);
    if (typeof list !== 'object' || list === null) return [];
    return Object.entries(list).flatMap(([id, isThere]) => (isThere === true ? [id] : []));
  } catch {
    return [];
  }
}
