import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Handler } from 'hono';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
};
const compressible = new Set(['.html', '.js', '.css', '.json', '.svg', '.wasm']);
const deflate = promisify(gzip);

/** The studio's built files; any other path that asks for a page gets the page, which then finds its way itself. */
export function studioFiles(folder: string): Handler {
  const packed = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
  return async (c) => {
    const path = normalize(decodeURIComponent(c.req.path)).replace(/^[/\\]+/, '');
    const wanted = join(folder, path);
    const inside = wanted.startsWith(folder + sep);
    const exists = inside && path !== '' && (await stat(wanted).catch(() => null))?.isFile() === true;
    if (!exists && extname(path) !== '') return c.notFound();
    const file = exists ? wanted : join(folder, 'index.html');
    const kind = extname(file);
    c.header('content-type', types[kind] ?? 'application/octet-stream');
    c.header('vary', 'accept-encoding');
    // Built assets carry their content's hash in their names.
    c.header('cache-control', path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
    if (!compressible.has(kind) || !/\bgzip\b/.test(c.req.header('accept-encoding') ?? '')) {
      return c.body(new Uint8Array(await readFile(file)));
    }
    c.header('content-encoding', 'gzip');
    // Only what carries its hash in its name is kept: the page itself may be built anew under a running server.
    const kept = path.startsWith('assets/');
    const ready =
      (kept && packed.get(file)) || readFile(file).then(async (bytes) => new Uint8Array(await deflate(bytes)));
    if (kept) packed.set(file, ready);
    return c.body(await ready);
  };
}
