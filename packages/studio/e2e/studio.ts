import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve, settingsFrom } from '@laurel/server';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';

/** Why there is no browser to drive; undefined when there is one. */
export const noBrowser = process.env.LAUREL_NO_BROWSER;

export interface Studio {
  url: string;
  browser: Browser;
  /** A page whose errors end in the test's failure. */
  open(path: string, options?: BrowserContextOptions): Promise<Page>;
  close(): Promise<void>;
}

/** The real server with an empty database, the built studio, and Chromium. */
export async function startStudio(): Promise<Studio> {
  const home = await mkdtemp(join(tmpdir(), 'laurel-e2e-'));
  const served = await serve(settingsFrom({ LAUREL_HOME: home, LAUREL_PORT: '0', LAUREL_LOG: 'error' }));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  return {
    url: served.url,
    browser,
    async open(path, options) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
      const page = await context.newPage();
      page.on('pageerror', (error) => expect.soft(error.message, `error on ${path}`).toBe(''));
      page.on('console', (message) => {
        const text = message.text();
        // What the network does is the tests' own doing; a broken content security policy is not.
        if (message.type() === 'error' && !text.startsWith('Failed to load resource')) {
          expect.soft(text, `console of ${path}`).toBe('');
        }
      });
      await page.goto(served.url + path);
      return page;
    },
    async close() {
      await browser.close();
      await served.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}
