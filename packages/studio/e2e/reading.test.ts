import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noBrowser, type Studio, startStudio } from './studio.ts';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let studio: Studio;

describe.skipIf(noBrowser !== undefined)('reading', () => {
  beforeAll(async () => {
    studio = await startStudio();
  });
  afterAll(() => studio?.close());

  it('searches as one types, keeps the search in the address, and opens the best match by keyboard', async () => {
    const page = await studio.open('/');
    await page.locator('[data-paper]').first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('STARC');
    await page.waitForURL(/q=STARC/);
    await page.locator('[data-paper]').first().and(page.locator('[data-paper=starc]')).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('[data-paper=starc]:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: /STARC/ }).waitFor();
    expect(await page.title()).toMatch(/^STARC: .* · Laurel$/);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await page.goBack();
    expect(await page.getByRole('textbox', { name: 'Search papers' }).inputValue()).toBe('STARC');
    await page.getByRole('textbox', { name: 'Search papers' }).press('Escape');
    await page.waitForURL((url) => url.search === '');
    await page.context().close();
  });

  it('moves through the papers by j and k, and shows the keys by ?', async () => {
    const page = await studio.open('/');
    const papers = page.locator('[data-paper]');
    await papers.first().waitFor();
    for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key);
    const second = await papers.nth(1).getAttribute('data-paper');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-paper'))).toBe(second);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor({ state: 'hidden' });
    await page.context().close();
  });

  it('filters, keeps the filters in the address, and says so when nothing fits', async () => {
    const page = await studio.open('/');
    const papers = page.locator('[data-paper]');
    await papers.first().waitFor();
    const all = await papers.count();
    await page.getByRole('button', { name: /^Needs a model/ }).click();
    await page.waitForURL(/verdict=needs/);
    await expect.poll(() => papers.count()).toBeLessThan(all);
    const some = await papers.count();
    await page.getByRole('combobox', { name: 'Room' }).selectOption('judge');
    await page.waitForURL(/room=judge/);
    await expect.poll(() => papers.count()).toBeLessThan(some);
    const kept = await papers.count();
    await page.reload();
    await expect.poll(() => papers.count()).toBe(kept);
    await page.getByRole('combobox', { name: 'All tags' }).selectOption({ index: 1 });
    const first = await page.getByRole('combobox', { name: 'To' }).locator('option').last().textContent();
    await page.getByRole('combobox', { name: 'To' }).selectOption(first ?? '');
    await page.getByRole('heading', { name: 'No paper fits' }).waitFor();
    await page.getByRole('button', { name: 'Show all papers' }).click();
    await expect.poll(() => papers.count()).toBe(all);
    await page.context().close();
  });

  it('shows a paper whole: summary, method with typeset equations, pitfalls, claims', async () => {
    const page = await studio.open('/papers/starc');
    await page.locator('#method .katex-display').first().waitFor();
    expect(await page.locator('#pitfalls li').count()).toBeGreaterThan(0);
    expect(await page.locator('#claims ol > li').count()).toBeGreaterThan(3);
    expect(await page.locator('.katex-error').count()).toBe(0);
    await page.context().close();
  });

  it('says what is missing: pages and papers', async () => {
    const page = await studio.open('/papers/no-such-paper');
    await page.getByRole('heading', { level: 1, name: 'No such paper' }).waitFor();
    await page.goto(`${studio.url}/nowhere`);
    await page.getByRole('heading', { level: 1, name: 'There is no such page' }).waitFor();
    await page.getByRole('main').getByRole('link', { name: 'All papers' }).click();
    await page.locator('[data-paper]').first().waitFor();
    await page.context().close();
  });

  it('lists every claim of every paper by verdict', async () => {
    const page = await studio.open('/results');
    await page
      .getByRole('button', { name: /^Planned/ })
      .first()
      .click();
    expect(await page.locator('tbody tr').count()).toBeGreaterThan(50);
    await page.getByRole('searchbox', { name: 'Filter by words' }).fill('starc epic');
    await expect.poll(() => page.locator('tbody tr').count()).toBeLessThan(10);
    await page.context().close();
  });

  it('says what failed and tries again', async () => {
    const page = await studio.open('/evidence');
    const problem = { type: 'about:blank', title: 'Broken', status: 500, detail: 'the shelf fell over' };
    await page.route('**/api/results', (route) =>
      route.fulfill({ status: 500, contentType: 'application/problem+json', json: problem }),
    );
    await page.getByRole('link', { name: 'Results', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: 'the shelf fell over' }).waitFor();
    await page.unroute('**/api/results');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('region', { name: 'Totals' }).waitFor();
    await page.context().close();
  });

  it('remembers the theme', async () => {
    const page = await studio.open('/evidence');
    const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await background();
    await page.getByRole('button', { name: /^Theme/ }).click();
    await page.getByRole('button', { name: /^Theme/ }).click();
    const dark = await background();
    expect(dark).not.toBe(light);
    await page.reload();
    expect(await background()).toBe(dark);
    await page.context().close();
  });

  const pages = ['/', '/papers/starc', '/papers/amft', '/results', '/evidence', '/nowhere'];
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1280, 390]) {
      it(`is accessible and fits in ${colorScheme} at ${width} pixels`, async () => {
        for (const path of pages) {
          const page = await studio.open(path, { colorScheme, viewport: { width, height: 844 } });
          await page.getByRole('heading', { level: 1 }).waitFor();
          await page.locator('[aria-busy=true]').waitFor({ state: 'detached' });
          // Equations find out that they scroll when their fonts are there.
          await page.evaluate(() => document.fonts.ready);
          await page.waitForTimeout(200);
          expect.soft(await seriousFaults(page), `${path}`).toEqual([]);
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          expect.soft(overflow, `${path}: pixels too wide`).toBeLessThanOrEqual(0);
          await page.context().close();
        }
      });
    }
  }
});

/** What axe finds serious or critical. */
async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const results = await page.evaluate<AxeResults>('axe.run()');
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map(({ html }) => html)
          .slice(0, 3)
          .join(' | ')}`,
    );
}
