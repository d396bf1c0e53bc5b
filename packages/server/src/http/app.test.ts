import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limits, type Scratch, sampleSource, scratchHome } from '../../test/support.ts';
import { openStore, type Store } from '../db/open.ts';
import { embeddedEncoder, type SentenceEncoder } from '../papers/encoder.ts';
import { Library } from '../papers/library.ts';
import { PaperSearch } from '../papers/search.ts';
import { Engine } from '../run/engine.ts';
import { type Api, createApp } from './app.ts';

let place: Scratch;
let store: Store;
let engine: Engine;
let encoder: SentenceEncoder;
let app: Api;
const parts = () => ({
  engine,
  library: new Library(store.db, engine.source, new Map()),
  search: new PaperSearch(store.db, { encoder }),
  encoding: { again: () => {} },
  log: pino({ level: 'silent' }),
  host: '127.0.0.1',
  token: null,
  studio: null,
});

beforeAll(async () => {
  place = await scratchHome();
  store = await openStore(place);
  engine = await Engine.start(store, limits, { source: sampleSource });
  encoder = embeddedEncoder();
  app = createApp(parts());
});
afterAll(async () => {
  await encoder.close();
  await engine.close();
  await store.close();
  await place.remove();
});

const get = (path: string, init?: RequestInit) => app.request(`http://127.0.0.1${path}`, init);
const post = (path: string, body: unknown) =>
  get(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

describe('papers', () => {
  it('lists all, newest first, and narrows', async () => {
    const all = await (await get('/api/papers')).json();
    expect(all).toMatchObject({ total: 74, mode: 'all' });
    const dates = all.papers.map(({ date }: { date: string }) => date);
    expect(dates).toEqual([...dates].sort().reverse());
    const later = await (await get('/api/papers?from=2025-06&room=credit')).json();
    expect(later.total).toBeGreaterThan(0);
    for (const paper of later.papers) {
      expect(paper.date >= '2025-06').toBe(true);
      expect(paper.rooms).toContain('credit');
    }
    expect((await (await get('/api/papers?verdict=holds')).json()).total).toBe(0);
  });

  it('finds by words at once, and says that it went by words', async () => {
    const found = await (await get('/api/papers?q=potential%20shaping%20distance')).json();
    expect(found.mode).toBe('lexical');
    expect(found.papers[0].slug).toBe('starc');
  });

  it('shows one with its claims', async () => {
    const detail = await (await get('/api/papers/starc')).json();
    expect(detail.paper.arxiv).toBe('2309.15257');
    expect(detail.claims.map(({ verdict }: { verdict: string }) => verdict)).toContain('planned');
    expect(detail.abstract).toBeNull();
  });

  it('imports a page that is sent, and refuses what is none', async () => {
    const page = [
      'Daily Papers',
      '',
      'Aug 20',
      '',
      'A Paper Nobody Wrote',
      '',
      `${'It says something. '.repeat(20)}`,
      '',
    ];
    const send = (body: string) =>
      get('/api/papers/import', { method: 'POST', headers: { 'content-type': 'text/plain' }, body });
    expect(await (await send(page.join('\n'))).json()).toMatchObject({ total: 1, added: 1, unmatched: 1 });
    expect(await (await send(page.join('\n'))).json()).toMatchObject({ total: 1, added: 0, unchanged: 1 });
    const refused = await send('nothing of the kind');
    expect(refused.status).toBe(422);
    expect((await refused.json()).detail).toContain('not a daily page');
  });
});

describe('runs', () => {
  it('start, tell how they go, end with a report', async () => {
    const started = await post('/api/runs', { slug: 'sample', profile: 'smoke', params: { salt: 'http' } });
    expect(started.status).toBe(202);
    const { id, trials } = await started.json();
    expect(trials.total).toBe(4);
    const stream = await (await get(`/api/runs/${id}/events`)).text();
    const events = [...stream.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data));
    expect(events[0].type).toBe('planned');
    expect(events.at(-1)).toMatchObject({
      type: 'summary',
      report: { claims: { 'mean-positive': { verdict: 'holds' } } },
    });
    expect(await (await get(`/api/runs/${id}`)).json()).toMatchObject({ status: 'done', report: { trials: 4 } });
    const { runs } = await (await get('/api/runs?slug=sample&status=done')).json();
    expect(runs[0]).toMatchObject({ id });
    expect(runs[0].report).toBeUndefined();
  });

  it('can be cancelled', async () => {
    const request = { slug: 'sample', profile: 'quick', params: { milliseconds: 5000, salt: 'cancelled' } };
    const { id } = await (await post('/api/runs', request)).json();
    expect(await (await post(`/api/runs/${id}/cancel`, {})).json()).toMatchObject({ status: 'cancelled' });
    const stream = await (await get(`/api/runs/${id}/events`)).text();
    expect(stream).toContain('{"type":"cancelled"}');
  });
});

describe('what does not fit', () => {
  it.each([
    ['POST', '/api/runs', { slug: 'nothing' }, 422, 'these run: sample'],
    ['POST', '/api/runs', { slug: 'sample', seeds: 0 }, 422, 'seeds'],
    ['POST', '/api/runs', { slug: 'sample', profile: 'huge' }, 422, 'profile'],
    ['POST', '/api/runs', { slug: 'sample', params: { trails: 1 } }, 422, 'no parameter trails'],
    ['POST', '/api/runs', { slug: 'sample', params: { trials: 'many' } }, 422, 'trials'],
    ['POST', '/api/runs', { slug: 'sample', sedes: 1 }, 422, 'sedes'],
    ['POST', '/api/runs', '{"slug":', 400, 'JSON'],
    ['GET', '/api/runs/abc', undefined, 422, '12 hex digits'],
    ['GET', '/api/runs/0123456789ab', undefined, 404, 'no run 0123456789ab'],
    ['GET', '/api/runs/0123456789ab/events', undefined, 404, 'no run'],
    ['GET', '/api/papers/nothing', undefined, 404, 'no paper "nothing"'],
    ['GET', '/api/papers?room=cellar', undefined, 422, 'room'],
    ['GET', '/api/papers?from=yesterday', undefined, 422, 'from'],
    ['GET', '/api/nothing', undefined, 404, '/api/openapi.json'],
  ])('%s %s %j is %i', async (method, path, body, status, detail) => {
    const answer = method === 'GET' ? await get(path) : await post(path, body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ status, detail: expect.stringContaining(detail) });
  });

  it('is refused when it is too large', async () => {
    const answer = await post('/api/runs', { slug: 'x'.repeat(2 ** 20) });
    expect(answer.status).toBe(413);
  });
});

describe('strangers', () => {
  it('get nothing by another name, and change nothing from another site', async () => {
    expect((await app.request('http://evil.example/api/papers', { headers: { host: 'evil.example' } })).status).toBe(
      403,
    );
    const foreign = { method: 'POST', headers: { origin: 'http://evil.example', host: '127.0.0.1' }, body: '{}' };
    expect((await app.request('http://127.0.0.1/api/runs', foreign)).status).toBe(403);
  });

  it('need the token where there is one', async () => {
    const token = 'a-token-of-sixteen-or-more';
    const guarded = createApp({ ...parts(), token });
    const ask = (headers: Record<string, string>, path = '/api/health') =>
      guarded.request(`http://127.0.0.1${path}`, { headers });
    expect((await ask({})).status).toBe(401);
    expect((await ask({ authorization: 'Bearer wrong' })).status).toBe(401);
    expect((await ask({ authorization: `Bearer ${token}` })).status).toBe(200);
    const opened = await ask({}, `/?token=${token}`);
    expect(opened.status).toBe(302);
    expect((await ask({ cookie: (opened.headers.get('set-cookie') ?? '').split(';')[0] })).status).toBe(200);
  });
});

it('describes itself', async () => {
  const document = await (await get('/api/openapi.json')).json();
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining(['/api/papers', '/api/papers/{slug}', '/api/results', '/api/runs', '/api/runs/{id}/events']),
  );
  expect(await (await get('/api/health')).json()).toMatchObject({ status: 'ok', papers: 74, database: 'embedded' });
});
