import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noBrowser, type Studio, startStudio } from './studio.ts';

let studio: Studio;

describe.skipIf(noBrowser !== undefined)('running', () => {
  beforeAll(async () => {
    studio = await startStudio();
  });
  afterAll(() => studio?.close());

  it('runs in the browser, with verdicts, figures, and data to take away', async () => {
    const page = await studio.open('/papers/starc');
    await page.getByRole('radio', { name: /^smoke/ }).check();
    await page.getByRole('button', { name: 'Run here' }).click();
    await page.locator('[data-run=done]').waitFor();
    await page.getByText('This run: smoke, in this browser').first().waitFor();
    await page.locator('#figures svg[class*=plot]').first().waitFor();
    await page.getByRole('button', { name: 'Show data' }).first().click();
    expect(await page.locator('#figures table').first().locator('tbody tr').count()).toBeGreaterThan(0);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: /^CSV/ }).first().click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.csv$/);
    await page.context().close();
  });

  it('keeps a run going while the reader looks elsewhere, and cancels it', async () => {
    const page = await studio.open('/papers/starc');
    await page.getByRole('radio', { name: /^full/ }).check();
    await page.getByRole('button', { name: 'Run here' }).click();
    await page.locator('[data-run=running]').waitFor();
    await page.getByRole('link', { name: 'Results', exact: true }).click();
    await page.getByRole('region', { name: 'Totals' }).waitFor();
    await page
      .locator('header summary')
      .filter({ hasText: /^starc \d+%$/ })
      .click();
    await page.locator('header details a').click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.locator('[data-run=cancelled]').waitFor();
    await page.locator('header summary').waitFor({ state: 'detached' });
    await page.context().close();
  });

  it('runs with other parameters, and names the field of one that does not fit', async () => {
    const page = await studio.open('/papers/starc');
    await page.getByRole('radio', { name: /^smoke/ }).check();
    await page.getByText('Parameters', { exact: true }).click();
    const states = page.locator('input[name=states]');
    await states.fill('1');
    await page.getByRole('button', { name: 'Run here' }).click();
    await page.getByText(/^states must be a whole number, at least \d+, at most \d+, got "1"$/).waitFor();
    await expect.poll(() => states.evaluate((input) => input === document.activeElement)).toBe(true);
    await states.fill('6');
    await page.locator('input[name=seeds]').fill('2');
    await page.getByRole('button', { name: 'Run here' }).click();
    await page.locator('[data-run=done]').filter({ hasText: '2 of 2 trials' }).waitFor();
    await page.context().close();
  });

  it('runs on the server, and its verdicts become the paper’s', async () => {
    const page = await studio.open('/papers/starc');
    await page.getByRole('radio', { name: /^smoke/ }).check();
    await page.getByRole('button', { name: 'Run on server' }).click();
    await page.locator('[data-run=done]').waitFor();
    await page.getByText('This run: smoke, on the server').first().waitFor();
    await page.locator('#figures svg[class*=plot]').first().waitFor();
    await page.context().close();
  });

  it('finds a run on the server again after a reload, and cancels it', async () => {
    const page = await studio.open('/papers/starc');
    await page.getByRole('radio', { name: /^full/ }).check();
    await page.getByRole('button', { name: 'Run on server' }).click();
    await page
      .locator('[data-run=running]')
      .filter({ hasText: /[1-9]\d* of \d+ trials/ })
      .waitFor();
    await page.reload();
    await page
      .locator('[data-run=running]')
      .filter({ hasText: /[1-9]\d* of \d+ trials/ })
      .waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.locator('[data-run=cancelled]').waitFor();
    await page.context().close();
  });

  it('works without a server', async () => {
    const page = await studio.open('/evidence');
    await page.route('**/api/**', (route) => route.abort());
    await page.getByRole('link', { name: 'Papers', exact: true }).click();
    await page.getByText('No server in reach').waitFor();
    await page.getByRole('textbox', { name: 'Search papers' }).fill('starc');
    await page.locator('[data-paper]').first().and(page.locator('[data-paper=starc]')).waitFor();
    await page.locator('[data-paper=starc]').click();
    expect(await page.getByRole('button', { name: 'Run on server' }).isDisabled()).toBe(true);
    await page.getByRole('radio', { name: /^smoke/ }).check();
    await page.getByRole('button', { name: 'Run here' }).click();
    await page.locator('[data-run=done]').waitFor();
    await page.unroute('**/api/**');
    await page.getByRole('button', { name: 'Look again' }).click();
    await page.getByText('No server in reach').waitFor({ state: 'detached' });
    await page.context().close();
  });
});
