import { expect, test as base } from '../pages/test.ts';
import { startCourse, type Course } from '../pages/course.ts';

const test = base.extend<{ course: Course }>({
  course: async ({ watch }, use) => {
    const course = await startCourse();
    await use(course);
    await course.close();
    // The page around the frame is of another origin by intent.
    watch.outside = watch.outside.filter((url) => !url.startsWith(course.address));
  },
});

const frameOf = (address: string, more = ''): string =>
  `<iframe ${more} src="${address.replaceAll('&', '&amp;')}" title="Lab" width="1200" height="900"></iframe>`;

test('an embed works in a page of another site, with what its link leaves to be changed', async ({
  page,
  course,
  baseURL,
}) => {
  const link = 'data=diamonds&iterations=200&station=learn&theme=dark&lock=rate&hide=model&embed=1';
  course.show(frameOf(`${baseURL}#${link}`));
  await page.goto(course.address);
  const frame = page.frameLocator('iframe');
  await expect(frame.getByRole('region', { name: /Condensed samples, closed form/ })).toContainText(
    'Test RMSE',
    { timeout: 30_000 },
  );
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(frame.getByRole('button', { name: /Learning rate/ })).toBeDisabled();
  await expect(frame.getByText('Fixed by the link')).toHaveCount(1);
  await expect(frame.getByRole('button', { name: /Iteration limit/ }).first()).toBeEnabled();
  await expect(frame.getByRole('button', { name: /Model$/ })).toHaveCount(0);
  await expect(frame.getByRole('navigation', { name: 'Pipeline' })).toHaveCount(0);
  const way = frame.getByRole('link', { name: 'Open in a tab' });
  await way.focus();
  await expect(way).toHaveAttribute('href', /#.*station=learn/);
  await expect(way).not.toHaveAttribute('href', /embed/);
});

test('a plain frame of another site shows only the way out, and starts no worker', async ({
  page,
  course,
  baseURL,
}) => {
  course.show(frameOf(`${baseURL}#data=diamonds&beta=9`));
  await page.goto(course.address);
  const frame = page.frameLocator('iframe');
  const way = frame.getByRole('link', { name: 'Open the lab in a tab of its own' });
  await expect(way).toHaveAttribute('href', `${baseURL}#data=diamonds&beta=9`);
  await expect(frame.getByRole('button')).toHaveCount(0);
  expect(page.workers()).toEqual([]);
});

test('a sandboxed frame says what is the matter, and how to get out', async ({ page, course, baseURL }) => {
  course.show(frameOf(`${baseURL}#data=diamonds&embed=1`, 'sandbox="allow-scripts"'));
  await page.goto(course.address);
  const frame = page.frameLocator('iframe');
  await expect(frame.getByText('The lab cannot run in this frame.')).toBeVisible();
  await expect(frame.getByRole('link', { name: 'Open the lab in a tab of its own' })).toHaveAttribute(
    'href',
    `${baseURL}#data=diamonds`,
  );
});

test('an embed of the same site deletes, takes in and overwrites nothing', async ({ lab, page }) => {
  const archives = page.getByRole('table').filter({ hasText: 'Diamonds' });
  await lab.openIdle('&station=archive');
  await expect(archives.first()).toBeVisible();
  // The archive of an open sample is written anew, perhaps in another minute.
  const listed = async (): Promise<string> => (await archives.first().innerText()).replace(/\d\d:\d\d/g, '');
  const kept = await listed();

  await page.goto('about:blank');
  await lab.open('#data=diamonds&compress-only=1&tau=8&station=archive&embed=1');
  await expect(page.getByRole('region', { name: /^Storage/ })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('button', { name: /Delete|Import/ })).toHaveCount(0);
  await lab.drop('theirs.dmla', 'DMLA');
  await expect(lab.code('EMBED_READ_ONLY')).toBeVisible();

  await page.goto('about:blank');
  await lab.openIdle('&station=archive');
  await expect.poll(listed).toBe(kept);
});
