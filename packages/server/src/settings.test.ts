import { expect, it } from 'vitest';
import { settingsFrom } from './settings.ts';

it('has defaults for everything', () => {
  expect(settingsFrom({})).toMatchObject({ databaseUrl: null, host: '127.0.0.1', port: 4280, token: null });
});

it.each([
  [{ LAUREL_PORT: 'http' }, 'LAUREL_PORT must be a whole number (got "http")'],
  [{ LAUREL_PORT: '70000' }, 'LAUREL_PORT must be at most 65535 (got "70000")'],
  [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must start with postgres://'],
  [{ LAUREL_TOKEN: 'short' }, 'LAUREL_TOKEN must have at least 16 characters'],
  [{ LAUREL_LOG: 'loud' }, 'LAUREL_LOG'],
])('%j is refused by name', (env, message) => {
  expect(() => settingsFrom(env)).toThrow(message);
});

it('never shows a secret', () => {
  expect(() => settingsFrom({ LAUREL_TOKEN: 'hunter2' })).toThrow(/^(?!.*hunter2)/);
});
