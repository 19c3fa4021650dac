/**
 * An experiment as one HTML file that needs nothing else: no scripts, no addresses but the link, styles inside, light or
 * dark as the reader has it, and fit to print. Everything that it is given is text, but for the figures.
 */

export interface ReportTable {
  caption: string;
  header: readonly string[];
  rows: readonly (readonly string[])[];
}

export interface ReportFigure {
  title: string;
  /** An SVG as `figurePicture` draws it: the only markup that is taken over. */
  svg: SVGSVGElement;
}

export interface Report {
  title: string;
  /** What was asked, in a sentence. */
  question: string;
  /** What the search for the smallest sample found; empty where it was not made. */
  answer: readonly string[];
  headline: { number: string; unit: string; sentences: readonly string[] } | null;
  table: ReportTable | null;
  figures: readonly ReportFigure[];
  /** Lists of names and values: settings, data set, versions. */
  lists: readonly { title: string; entries: readonly (readonly [name: string, value: string])[] }[];
  link: string;
}

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' },
};

/** A text as HTML: nothing in it is markup, and what stands in no document is U+FFFD. */
export function escapeHtml(text: string): string {
  return (
    text
      // oxlint-disable-next-line no-control-regex -- they are what is taken out
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]|[\ud800-\udfff]/gu, '\ufffd')
      .replace(/[&<>"']/g, (character) => ESCAPES[character])
  );
}

/** Pieces of HTML with values between them, each escaped. */
function markup(pieces: TemplateStringsArray, ...values: readonly string[]): string {
  return pieces.reduce((text, piece, k) => text + escapeHtml(values[k - 1]) + piece);
}

const STYLE = `
:root { color-scheme: light dark; --page: #fff; --ink: #1b2430; --soft: #566170; --line: #d7dce1; --accent: #00734f; }
@media (prefers-color-scheme: dark) {
  :root { --page: #0f1317; --ink: #e7ebf0; --soft: #9eabb8; --line: #2a333d; --accent: #35c79a; }
}
@media print { :root { color-scheme: light; --page: #fff; --ink: #000; --soft: #444; --line: #bbb; --accent: #00513a; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 32px 20px; max-width: 860px; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: anywhere; }
h1 { margin: 0 0 4px; font-size: 26px; line-height: 1.2; }
h2 { margin: 28px 0 8px; font-size: 17px; }
p { margin: 0 0 8px; }
.soft, caption { color: var(--soft); }
.number { color: var(--accent); font-size: 34px; font-weight: 650; line-height: 1.1; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { padding-bottom: 4px; text-align: left; font-size: 13px; }
th, td { padding: 5px 10px 5px 0; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; }
dl { display: grid; grid-template-columns: minmax(120px, 240px) 1fr; gap: 2px 16px; margin: 0; }
dt { color: var(--soft); }
dd { margin: 0; }
figure { margin: 0 0 16px; }
figure svg { display: block; width: 100%; height: auto; border: 1px solid var(--line); border-radius: 8px; }
a { color: inherit; }
section, figure { break-inside: avoid; }
@media print { body { padding: 0; max-width: none; } }
`;

function section(title: string, ...parts: readonly string[]): string {
  return `<section>\n${markup`<h2>${title}</h2>`}\n${parts.join('\n')}\n</section>`;
}

function paragraphs(sentences: readonly string[]): string {
  return sentences.map((sentence) => markup`<p>${sentence}</p>`).join('\n');
}

function tableHtml({ caption, header, rows }: ReportTable): string {
  const cells = (row: readonly string[]) =>
    row
      .map((cell, k) => (k === 0 ? markup`<th scope="row">${cell}</th>` : markup`<td>${cell}</td>`))
      .join('');
  return [
    '<div class="scroll"><table>',
    markup`<caption>${caption}</caption>`,
    `<thead><tr>${header.map((name) => markup`<th scope="col">${name}</th>`).join('')}</tr></thead>`,
    `<tbody>${rows.map((row) => `<tr>${cells(row)}</tr>`).join('\n')}</tbody>`,
    '</table></div>',
  ].join('\n');
}

function figureHtml({ title, svg }: ReportFigure): string {
  return `<figure role="group" aria-label="${escapeHtml(title)}">${new XMLSerializer().serializeToString(svg)}</figure>`;
}

/** @returns the file's text */
export function reportHtml(report: Report): string {
  const { title, question, answer, headline, table, figures, lists, link } = report;
  const body = [
    markup`<h1>${title}</h1>`,
    markup`<p class="soft">${question}</p>`,
    ...(answer.length === 0 ? [] : [section('Can I shrink this and still learn?', paragraphs(answer))]),
    ...(headline === null
      ? []
      : [
          section(
            'What condensing costs',
            markup`<p> <span class="number">${headline.number}</span> <span class="soft">${headline.unit}</span> </p>`,
            paragraphs(headline.sentences),
          ),
        ]),
    ...(table === null ? [] : [section('All numbers', tableHtml(table))]),
    ...(figures.length === 0 ? [] : [section('Figures', ...figures.map(figureHtml))]),
    ...lists.map(({ title: name, entries }) =>
      section(
        name,
        '<dl>',
        ...entries.map(([term, value]) => markup`<dt>${term}</dt> <dd>${value}</dd>`),
        '</dl>',
      ),
    ),
    section('The same experiment again', markup`<p><a href="${link}">${link}</a></p>`),
  ];
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    markup`<title>${title}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    ...body,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}
