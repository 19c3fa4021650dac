// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { escapeHtml, reportHtml, type Report } from './reportHtml.ts';

const HOSTILE = `<img src=x onerror=alert(1)>"'&</style></title><script>alert(2)</script>\u0000\ud800`;

function reportOf(text: string): Report {
  return {
    title: text,
    question: text,
    answer: [text],
    headline: { number: text, unit: text, sentences: [text, text] },
    table: { caption: text, header: [text, text], rows: [[text, text]] },
    figures: [],
    lists: [{ title: text, entries: [[text, text]] }],
    link: `http://localhost/#v=1&target=${encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, ''))}`,
  };
}

const parse = (text: string) => new DOMParser().parseFromString(text, 'text/html');
const shape = (page: Document) => [...page.querySelectorAll('*')].map(({ localName }) => localName).join(' ');

describe('a report', () => {
  it('makes markup of nothing that it is given', () => {
    const page = reportHtml(reportOf(HOSTILE));
    expect(shape(parse(page))).toBe(shape(parse(reportHtml(reportOf('plain')))));
    expect(page).not.toMatch(/<script|<img/);
    expect(page.match(/<\/style>/g)).toHaveLength(1);
    const seen = HOSTILE.replace('\u0000', '\ufffd').replace('\ud800', '\ufffd');
    const cells = [...parse(page).querySelectorAll('h1, h2:first-of-type, td, dd, dt, .number, caption')];
    expect(cells.length).toBeGreaterThan(6);
    for (const cell of cells) if (cell.localName !== 'h2') expect(cell.textContent).toBe(seen);
  });

  it('asks no one for anything', () => {
    const page = parse(reportHtml(reportOf('plain')));
    expect(page.querySelectorAll('script, link, img, iframe, [src], [style]')).toHaveLength(0);
    expect(page.querySelector('meta[http-equiv]')?.getAttribute('content')).toContain("default-src 'none'");
    expect([...page.querySelectorAll('a')].map((link) => link.getAttribute('href'))).toEqual([
      'http://localhost/#v=1&target=plain',
    ]);
  });

  it('leaves out what there is not', () => {
    const report = { ...reportOf('plain'), answer: [], headline: null, table: null };
    expect(parse(reportHtml(report)).querySelectorAll('section')).toHaveLength(2);
  });

  it('takes a figure over with its words as text', () => {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const words = document.createElementNS('http://www.w3.org/2000/svg', 'text');
    words.textContent = '<b>';
    svg.append(words);
    const page = reportHtml({ ...reportOf('plain'), figures: [{ title: '"', svg }] });
    expect(page).toContain('&lt;b&gt;');
    expect(page).toContain('aria-label="&quot;"');
  });
});

it('escapes what HTML is made of, and keeps the rest', () => {
  expect(escapeHtml(`a<b> & "c" 'd' é 価格 😀`)).toBe('a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39; é 価格 😀');
});
