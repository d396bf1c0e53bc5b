import { expect, it } from 'vitest';
import { findChromium } from './chromium.ts';

const only = (there: string) => (path: string) => path === there;

it('takes the browser it is given', () => {
  expect(findChromium('/opt/chrome', only('/opt/chrome'))).toEqual({ path: '/opt/chrome' });
});

it('does not take another browser than the one it is given', () => {
  expect(findChromium('/opt/chrome', only('/usr/bin/chromium'))).toEqual({
    missing: 'CHROMIUM names /opt/chrome, which does not exist',
  });
});

it('looks in the usual places', () => {
  expect(findChromium('', only('/usr/bin/google-chrome'))).toEqual({ path: '/usr/bin/google-chrome' });
  expect(findChromium('', () => false)).toBeNull();
});
