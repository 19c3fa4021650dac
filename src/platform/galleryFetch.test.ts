import { expect, it, vi } from 'vitest';
import { createGalleryFetcher } from './galleryFetch.ts';

type Answer = () => Response | Promise<Response>;

function fetcher(answer: Answer, stallMs = 1_000) {
  const asked = vi.fn<(url: string) => void>();
  const fetchFile = (async (url: URL) => {
    asked(url.href);
    return answer();
  }) as typeof fetch;
  return { asked, fetchSample: createGalleryFetcher('http://here/lab/#e=1', fetchFile, stallMs) };
}

const unavailable = { code: 'SAMPLE_UNAVAILABLE' };
const textOf = async (stream: Promise<ReadableStream<Uint8Array>>) => new Response(await stream).text();

it('finds the file beside the page and streams it as often as asked', async () => {
  const { asked, fetchSample } = fetcher(
    () => new Response('a,b\n1,2', { headers: { 'content-length': '7' } }),
  );
  const sample = await fetchSample('diamonds.csv');
  expect(sample.bytes).toBe(7);
  expect(await textOf(sample.stream())).toBe('a,b\n1,2');
  expect(await textOf(sample.stream())).toBe('a,b\n1,2');
  expect(asked.mock.calls).toEqual([
    ['http://here/lab/samples/diamonds.csv'],
    ['http://here/lab/samples/diamonds.csv'],
  ]);
});

it('does not trust the length of a compressed transfer', async () => {
  const headers = { 'content-length': '5', 'content-encoding': 'gzip' };
  expect((await fetcher(() => new Response('text', { headers })).fetchSample('a.csv')).bytes).toBeNull();
});

it.each<[string, Answer]>([
  ['the server does not have it', () => new Response('', { status: 404 })],
  [
    'the server answers with the page',
    () => new Response('<html>', { headers: { 'content-type': 'text/html' } }),
  ],
  ['the server cannot be reached', () => Promise.reject(new TypeError('Failed to fetch'))],
  ['the server never answers', () => new Promise<never>(() => undefined)],
])('says so when %s', async (_what, answer) => {
  await expect(fetcher(answer, 50).fetchSample('a.csv')).rejects.toMatchObject(unavailable);
});

it.each(['../secret', 'a/b.csv', '.hidden', ''])('does not ask for "%s"', async (fileName) => {
  const { asked, fetchSample } = fetcher(() => new Response('text'));
  await expect(fetchSample(fileName)).rejects.toMatchObject(unavailable);
  expect(asked).not.toHaveBeenCalled();
});

it.each<[string, UnderlyingDefaultSource<Uint8Array>['pull']]>([
  ['breaks off', (controller) => controller.error(new TypeError('network error'))],
  ['stalls', () => new Promise<void>(() => undefined)],
])('says so when the download %s', async (_what, pull) => {
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new Uint8Array(1)),
    pull,
  });
  const sample = await fetcher(() => new Response(body), 50).fetchSample('a.csv');
  const reader = (await sample.stream()).getReader();
  const readAll = async () => {
    while (!(await reader.read()).done);
  };
  await expect(readAll()).rejects.toMatchObject(unavailable);
});
