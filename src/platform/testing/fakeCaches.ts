/** A small CacheStorage in memory. */

/** @param putFails makes a put fail, as a full disk does */
export function createFakeCaches(putFails: (key: string) => boolean = () => false): CacheStorage {
  const stores = new Map<string, Map<string, Response>>();

  function cacheOf(entries: Map<string, Response>): Cache {
    return {
      match: async (key: string) => entries.get(key)?.clone(),
      async put(key: string, response: Response) {
        if (putFails(key)) throw new DOMException('No room is left.', 'QuotaExceededError');
        // The body is read to its end, as a browser does before it keeps a response.
        const { status, headers } = response;
        entries.set(key, new Response(await response.arrayBuffer(), { status, headers }));
      },
      keys: async () => [...entries.keys()].map((key) => new Request(key)),
    } as unknown as Cache;
  }

  return {
    has: async (name: string) => stores.has(name),
    keys: async () => [...stores.keys()],
    delete: async (name: string) => stores.delete(name),
    async open(name: string) {
      const entries = stores.get(name) ?? new Map<string, Response>();
      stores.set(name, entries);
      return cacheOf(entries);
    },
  } as CacheStorage;
}
