import { describe, expect, it } from 'vitest';
import { fetchExtraGallerySamples } from './extraGallerySamples.ts';

function answering(body: string, init: ResponseInit = {}): typeof fetch {
  return async () => new Response(body, { headers: { 'content-type': 'application/json' }, ...init });
}

describe('samples made on demand', () => {
  it('are those that the list says are there', async () => {
    const asked: string[] = [];
    const fetchFile: typeof fetch = async (url) => {
      asked.push(url instanceof URL ? url.href : '');
      return answering('{"cifar10":true,"other":false,"odd":1}')(url);
    };
    expect(await fetchExtraGallerySamples('https://lab.example/sub/', fetchFile)).toEqual(['cifar10']);
    expect(asked).toEqual(['https://lab.example/sub/samples/optional.json']);
  });

  it.each([
    ['there is no list', answering('', { status: 404 })],
    ['the server answers with the page', answering('<html>', { headers: { 'content-type': 'text/html' } })],
    ['the list is damaged', answering('{"cifar10":')],
    ['the list is no list', answering('null')],
    ['the list is far too long', answering(`{"${'x'.repeat(5_000)}":true}`)],
  ])('are none when %s', async (_why, fetchFile) => {
    expect(await fetchExtraGallerySamples('https://lab.example/', fetchFile)).toEqual([]);
  });

  it('are none without a network', async () => {
    const failing: typeof fetch = async () => {
      throw new TypeError('no network');
    };
    expect(await fetchExtraGallerySamples('https://lab.example/', failing)).toEqual([]);
  });
});
