// node e2e/tools/answer.mjs: how long a table of 20,000 × 20 takes from the drop to the answer, on the build in dist/ in a
// real browser. Prints one JSON object.
//   questionSeconds   from the drop to the question what should be predicted
//   figureSeconds     from the drop to the first figure
//   answerSeconds     from the question's answer to the card's
//   load              of the machine meanwhile, and its cores
import { availableParallelism, loadavg } from 'node:os';
import { withServedLab } from './served.mjs';

const ROWS = 20_000;
const FEATURES = 19;

/** Numbers that look random and are the same every time. */
function* numbers() {
  for (let state = 1; ;) {
    state = (state * 48_271) % 0x7fffffff;
    yield state / 0x7fffffff;
  }
}

/** A linear target with noise over features of a few decimals. */
function tableText() {
  const draw = numbers();
  const next = () => /** @type {number} */ (draw.next().value);
  const lines = [[...Array.from({ length: FEATURES }, (_, k) => `x${k + 1}`), 'target'].join(',')];
  for (let row = 0; row < ROWS; row++) {
    const features = Array.from({ length: FEATURES }, (_, k) => (next() * (k + 1) + next()).toFixed(3));
    const sum = features.reduce((total, value, k) => total + (k % 5) * Number(value), 0);
    lines.push([...features, (sum + 6 * (next() + next() - 1)).toFixed(3)].join(','));
  }
  return `${lines.join('\n')}\n`;
}

await withServedLab(async (browser, address) => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${address}#data=diamonds&station=data`);
  await page.getByRole('navigation', { name: 'Pipeline' }).getByText('of float64').first().waitFor();
  const drop = await page.evaluateHandle((content) => {
    const data = new DataTransfer();
    data.items.add(new File([content], 'made.csv', { type: 'text/csv' }));
    return data;
  }, tableText());
  const dropped = performance.now();
  const since = (/** @type {number} */ from) => Math.round((performance.now() - from) / 100) / 10;
  for (const type of ['dragenter', 'dragover', 'drop']) {
    await page.dispatchEvent('body', type, { dataTransfer: drop });
  }
  const question = page.getByRole('region', { name: 'What should be predicted?' });
  await question.waitFor({ timeout: 120_000 });
  const questionSeconds = since(dropped);
  await question.getByRole('listitem').first().getByRole('button').click();
  const answered = performance.now();
  await page.locator('body').press('2');
  await page.locator('main canvas, main .recharts-surface').first().waitFor({ timeout: 120_000 });
  const figureSeconds = since(dropped);
  await page.locator('body').press('4');
  const card = page.getByRole('region', { name: /Can I shrink this and still learn/ });
  const word = card.getByText(/^(Yes|No)$/);
  const press = card.getByRole('button', { name: /^Find out/ });
  await word.or(press).waitFor({ timeout: 300_000 });
  const isAsked = await press.isVisible();
  if (isAsked) await press.click();
  await word.waitFor({ timeout: 300_000 });
  console.log(
    JSON.stringify({
      ...{ questionSeconds, figureSeconds, answerSeconds: since(answered), isAsked },
      ...{ load: loadavg()[0], cores: availableParallelism() },
      answer: (await card.innerText()).split('\n').slice(0, 12).join(' '),
    }),
  );
});
