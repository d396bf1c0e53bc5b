import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { type Scratch, sampleSource, scratchHome } from '../test/support.ts';
import { HomeInUse } from './db/lock.ts';
import { openStore } from './db/open.ts';
import { createClient } from './http/client.ts';
import { type Served, serve } from './serve.ts';
import { type Settings, settingsFrom } from './settings.ts';

const places: Scratch[] = [];
const servers: Served[] = [];
afterEach(async () => {
  for (const served of servers.splice(0)) await served.close();
  for (const place of places.splice(0)) await place.remove();
});

async function settings(env: Record<string, string> = {}): Promise<Settings> {
  const place = await scratchHome();
  places.push(place);
  return settingsFrom({ LAUREL_HOME: place.home, LAUREL_PORT: '0', LAUREL_LOG: 'silent', ...env });
}

const options = { engineOptions: { source: sampleSource }, log: pino({ level: 'silent' }) };
async function start(given: Settings, more: object = {}): Promise<Served> {
  const served = await serve(given, { ...options, studio: null, ...more });
  servers.push(served);
  return served;
}

describe('serve', () => {
  it('answers a typed client, and lets go of everything when closed', async () => {
    const given = await settings();
    const served = await serve(given, { ...options, studio: null });
    const { api } = createClient(served.url);
    const { papers } = await (await api.papers.$get({ query: {} })).json();
    expect(papers).toHaveLength(74);
    await expect(openStore(given)).rejects.toThrow(HomeInUse);
    await served.close();
    await expect(fetch(`${served.url}/api/health`)).rejects.toThrow();
    const store = await openStore(given);
    await store.close();
  });

  it('closes while a run is under way, and goes on with it when started again', async () => {
    const given = await settings();
    const first = await serve(given, { ...options, studio: null });
    const json = { slug: 'sample', profile: 'quick' as const, params: { milliseconds: 300 } };
    const { id } = (await (await createClient(first.url).api.runs.$post({ json })).json()) as { id: string };
    const stream = fetch(`${first.url}/api/runs/${id}/events`).then((answer) => answer.text());
    stream.catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 700));
    const began = performance.now();
    await first.close();
    expect(performance.now() - began).toBeLessThan(8000);
    await stream.catch(() => {});

    const second = await start(given);
    const events = await (await fetch(`${second.url}/api/runs/${id}/events`)).text();
    expect(events).toContain('"type":"summary"');
  });

  it('serves the studio: files packed, pages for its own routes, nothing from outside the folder', async () => {
    const given = await settings();
    const studio = given.home;
    await writeFile(join(studio, 'index.html'), '<!doctype html><title>Laurel</title>');
    await writeFile(join(studio, 'app.js'), 'export {};'.repeat(200));
    const { url } = await start(given, { studio });
    for (const path of ['/', '/papers/starc', '/results']) {
      expect(await (await fetch(url + path)).text()).toContain('<title>Laurel</title>');
    }
    const script = await fetch(`${url}/app.js`, { headers: { 'accept-encoding': 'gzip' } });
    expect(script.headers.get('content-encoding')).toBe('gzip');
    expect(await script.text()).toContain('export {};');
    expect((await fetch(`${url}/missing.js`)).status).toBe(404);
    expect((await fetch(`${url}/%2e%2e%2f%2e%2e%2fetc%2fpasswd.js`)).status).toBe(404);
  });

  it('refuses an address others can reach without a token, and a port in use', async () => {
    await expect(serve(await settings({ LAUREL_HOST: '0.0.0.0' }), options)).rejects.toThrow(/set LAUREL_TOKEN/);
    const { url } = await start(await settings());
    const taken = await settings({ LAUREL_PORT: new URL(url).port });
    await expect(serve(taken, options)).rejects.toThrow(/port \d+ is in use/);
    await (await openStore(taken)).close(); // the database was let go again
  });
});
