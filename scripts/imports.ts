import { globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { parseSync, type Span, Visitor } from 'oxc-parser';

/** What each package may import of the others: arrows point one way. */
const packages: Readonly<Record<string, readonly string[]>> = {
  core: [],
  papers: ['core'],
  server: ['papers', 'core'],
  studio: ['papers', 'core'],
  cli: ['server', 'papers', 'core'],
};

/** The rooms of core; each imports only from those before it. */
const rooms = [
  'stats',
  'paper',
  'reward',
  'env',
  'credit',
  'nn',
  'lm',
  'policy',
  'model',
  'judge',
  'search',
  'explore',
  'assess',
];

/** Entry points of the server whose types the studio may use. */
const serverTypes = ['@laurel/server/schemas', '@laurel/server/client'];

const paperDependencies = ['zod', 'minisearch'];
const testDependencies = ['vitest', 'fast-check'];

/** What makes a run depend on more than its configuration and seed. */
const impure = ['Math.random', 'Date.now', 'performance.now', 'crypto.randomUUID', 'crypto.getRandomValues'];

/** The default clock of progress reports; no result depends on it. */
const impureAllowed: Readonly<Record<string, readonly string[]>> = {
  'packages/core/src/paper/run.ts': ['performance.now'],
};

export interface SourceFile {
  /** From the repository's root, with forward slashes. */
  path: string;
  text: string;
}

export interface Violation {
  path: string;
  line: number;
  message: string;
}

/** Every file of the packages that the rules apply to. */
export function readSources(root: string): SourceFile[] {
  return globSync('packages/*/{src,e2e,build,bin}/**/*.{ts,tsx,js}', { cwd: root })
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map((path) => ({ path, text: readFileSync(posix.join(root, path), 'utf8') }));
}

/** Where files import what they may not, or read a clock or chance where only seeds count. */
export function findViolations(files: readonly SourceFile[]): Violation[] {
  return files.flatMap((file) => {
    const { imports, impurities } = scan(file);
    const found: { start: number; message: string }[] = [];
    for (const imported of imports) {
      const message = whyNotImport(file.path, imported);
      if (message !== null) found.push({ start: imported.start, message });
    }
    if (isPure(file.path)) {
      for (const { name, start } of impurities) {
        if (impureAllowed[file.path]?.includes(name)) continue;
        found.push({ start, message: `${name}: core and papers have no clock and no chance but their seeds` });
      }
    }
    return found.map(({ start, message }) => ({
      path: file.path,
      line: file.text.slice(0, start).split('\n').length,
      message,
    }));
  });
}

interface Import {
  specifier: string;
  typeOnly: boolean;
  start: number;
}

/** All module specifiers of a file, however they are written, and its uses of clock and chance. */
function scan({ path, text }: SourceFile): { imports: Import[]; impurities: { name: string; start: number }[] } {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new SyntaxError(`${path}: ${errors[0]?.message}`);
  const imports: Import[] = [];
  const impurities: { name: string; start: number }[] = [];
  const add = (source: (Span & { value: unknown }) | null, typeOnly: boolean) => {
    if (source !== null) imports.push({ specifier: String(source.value), typeOnly, start: source.start });
  };
  new Visitor({
    ImportDeclaration: (node) => add(node.source, node.importKind === 'type'),
    ExportNamedDeclaration: (node) => add(node.source, node.exportKind === 'type'),
    ExportAllDeclaration: (node) => add(node.source, node.exportKind === 'type'),
    ImportExpression: (node) => {
      if (node.source.type === 'Literal') add(node.source, false);
    },
    TSImportType: (node) => add(node.source, true),
    MemberExpression: (node) => {
      if (node.object.type !== 'Identifier' || node.property.type !== 'Identifier') return;
      const name = `${node.object.name}.${node.property.name}`;
      if (impure.includes(name)) impurities.push({ name, start: node.start });
    },
    NewExpression: (node) => {
      if (node.callee.type === 'Identifier' && node.callee.name === 'Date' && node.arguments.length === 0) {
        impurities.push({ name: 'new Date()', start: node.start });
      }
    },
  }).visit(program);
  return { imports, impurities };
}

function isPure(path: string): boolean {
  return path.startsWith('packages/core/src/') || path.startsWith('packages/papers/src/');
}

function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path);
}

/** Why a file may not import something; null when it may. */
function whyNotImport(path: string, { specifier, typeOnly }: Import): string | null {
  const [, home = '', ...inside] = path.split('/');
  if (isPure(path) && isBuiltin(specifier)) return `${specifier}: core and papers run in browsers too`;

  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(path), specifier);
    if (!target.startsWith(`packages/${home}/`)) return `${specifier} leaves the package; import it by its name`;
    if (home === 'core') return whyNotRoom(path, target.split('/')[3] ?? '', target);
    if (home === 'papers') return whyNotPaper(path, target);
    return null;
  }

  const [, target, entry = ''] = /^@laurel\/([^/]+)\/?(.*)$/.exec(specifier) ?? [];
  if (target === undefined) {
    const allowed = isTest(path) ? [...paperDependencies, ...testDependencies] : paperDependencies;
    if (home !== 'papers' || !isPure(path) || allowed.includes(specifier)) return null;
    return `${specifier}: papers import @laurel/core and ${paperDependencies.join(', ')}, nothing else`;
  }
  if (target === home) {
    return home === 'core' ? whyNotRoom(path, entry, `packages/core/src/${entry}/index.ts`) : null;
  }
  if (home === 'studio' && target === 'server') {
    // Tests and build steps run in Node, where the server may be started.
    if (inside[0] !== 'src' || (typeOnly && serverTypes.includes(specifier))) return null;
    return `${specifier}: of the server the studio may use types only: import type … from '${serverTypes.join("' or '")}'`;
  }
  if (packages[home]?.includes(target)) return null;
  return `${specifier}: ${home} may import ${packages[home]?.join(', ') || 'none'} of the other packages`;
}

/** Rooms import rooms before them, by their index. Tests may use any room: they are not part of the library. */
function whyNotRoom(path: string, target: string, file: string): string | null {
  const room = path.split('/')[3] ?? '';
  if (target === room) return null;
  const [from, to] = [rooms.indexOf(room), rooms.indexOf(target)];
  if (from < 0) return `core has no room ${room}; its rooms: ${rooms.join(', ')}`;
  if (to < 0) return `core has no room ${target}; its rooms: ${rooms.join(', ')}`;
  if (file !== `packages/core/src/${target}/index.ts`) return `import room ${target} by its index.ts`;
  if (to > from && !isTest(path))
    return `room ${room} comes before ${target}: rooms import only from rooms before them`;
  return null;
}

/** A paper's folder imports itself and `lab`; `lab` only itself. The lists at the top import every paper. */
function whyNotPaper(path: string, target: string): string | null {
  const [from, to] = [path, target].map((file) => (file.split('/').length > 4 ? file.split('/')[3] : ''));
  if (from === '' || from === to || to === 'lab') return null;
  return `${posix.relative('packages/papers/src', target)}: folders of papers import only themselves and src/lab`;
}
