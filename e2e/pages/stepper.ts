/** The step-through as a person meets it: the way through its steps. */
import { expect, type Locator, type Page } from '@playwright/test';

export class StepperPage {
  readonly page: Page;
  readonly count: Locator;
  readonly title: Locator;
  readonly stage: Locator;
  readonly scrubber: Locator;

  constructor(page: Page) {
    this.page = page;
    this.count = page.getByText(/^Step \d+ of \d+$/);
    this.title = page.locator('.stepper-words').getByRole('heading', { level: 3 });
    this.stage = page.locator('.stepper-stage');
    this.scrubber = page.getByRole('slider', { name: 'Step', exact: true });
  }

  /** How many steps there are, once there are any. */
  async steps(): Promise<number> {
    await expect(this.count).toBeVisible();
    return Number(/of (\d+)/.exec(await this.count.innerText())?.[1]);
  }

  async isAt(step: number): Promise<void> {
    await expect(this.count).toHaveText(new RegExp(`^Step ${step} of `));
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('group', { name: 'Steps' }).getByRole('button', { name });
  }

  /** Takes every step to the end; the titles on the way. */
  async walk(next: () => Promise<void>): Promise<string[]> {
    const steps = await this.steps();
    const titles = [await this.title.innerText()];
    for (let step = 2; step <= steps; step++) {
      await next();
      await this.isAt(step);
      titles.push(await this.title.innerText());
    }
    return titles;
  }

  /** The longest transition or animation that anything on the stage would run, in seconds. */
  longestMotion(): Promise<number> {
    return this.stage.evaluate((stage) =>
      Math.max(
        ...[stage, ...stage.querySelectorAll('*')].flatMap((element) => {
          const { transitionDuration, animationDuration } = getComputedStyle(element);
          return `${transitionDuration}, ${animationDuration}`.split(', ').map(parseFloat);
        }),
      ),
    );
  }
}
