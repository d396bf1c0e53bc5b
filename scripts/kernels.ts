import { readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

/** `npm run kernels`: compiles packages/core/assembly into the module that the library loads. */

const root = fileURLToPath(new URL('..', import.meta.url));
const target = join(root, 'packages/core/src/nn/kernels/compiled.ts');

/** Base64 of the WebAssembly module, with relaxed SIMD (fused multiply-add) or without. */
async function compile(relaxed: boolean): Promise<string> {
  const features = ['--enable', relaxed ? 'simd,relaxed-simd' : 'simd'];
  const options = ['-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--use', 'abort='];
  let binary = new Uint8Array();
  const { error, stderr } = await asc.main(
    ['packages/core/assembly/index.ts', '--outFile', 'kernels.wasm', ...options, ...features],
    {
      readFile: (name, base) => readFile(join(root, base === '.' ? '' : base, name), 'utf8').catch(() => null),
      writeFile: (_, contents) => {
        if (typeof contents !== 'string') binary = new Uint8Array(contents);
      },
      listFiles: () => [],
    },
  );
  if (error !== null) throw new Error(`packages/core/assembly does not compile: ${stderr.toString()}`);
  return Buffer.from(binary).toString('base64');
}

async function render(): Promise<string> {
  return `// Made from packages/core/assembly by \`npm run kernels\`; \`npm run check\` tells when it is out of date.

/** With relaxed SIMD: a multiply-add is one instruction. */
export const relaxed =
  '${await compile(true)}';

/** For engines without it. */
export const plain =
  '${await compile(false)}';
`;
}

/** What is wrong with the compiled kernels: empty when they are what the sources give. */
export async function findStaleKernels(): Promise<string> {
  const there = await readFile(target, 'utf8').catch(() => '');
  return there === (await render()) ? '' : `${relative(root, target)} is out of date: run \`npm run kernels\``;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeFile(target, await render());
  console.log(`wrote ${relative(root, target)}`);
}
