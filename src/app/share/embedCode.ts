/** The markup that puts a page of the lab into another page. */

interface Embed {
  address: string;
  /** What a screen reader says of the frame. */
  title: string;
  /** Of the frame, in pixels. */
  height: number;
}

/** Text as it stands between the quotes of an attribute. */
function attribute(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

export function embedCode({ address, title, height }: Embed): string {
  const attributes = [
    `src="${attribute(address)}"`,
    `title="${attribute(title)}"`,
    `width="100%" height="${height}"`,
    'loading="lazy" allow="fullscreen; clipboard-write" style="border: 0"',
  ];
  return `<iframe ${attributes.join(' ')}></iframe>`;
}
