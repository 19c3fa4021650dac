// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { embedCode } from './embedCode.ts';

const ADDRESS = 'https://lab.example/#v=1&data=diamonds&station=bits&embed=1';

it('is one frame that is read as it was meant', () => {
  const code = embedCode({ address: ADDRESS, title: 'Bits of Diamonds', height: 640 });
  expect(code).toBe(
    '<iframe src="https://lab.example/#v=1&amp;data=diamonds&amp;station=bits&amp;embed=1" title="Bits of Diamonds" width="100%" height="640" loading="lazy" allow="fullscreen; clipboard-write" style="border: 0"></iframe>',
  );
});

it('lets no name of a file become markup', () => {
  const title = "\"><script>alert(1)</script> & 'more'";
  const address = `${ADDRESS}&file="><img src=x>`;
  const page = new DOMParser().parseFromString(embedCode({ address, title, height: 1 }), 'text/html');
  expect(page.body.childNodes).toHaveLength(1);
  const frame = page.querySelector('iframe');
  expect(frame?.title).toBe(title);
  expect(frame?.getAttribute('src')).toBe(address);
});
