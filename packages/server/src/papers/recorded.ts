import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type RecordedResult, recordedSchema } from '../http/schemas.ts';

/** Where the outcomes of `full` runs are kept with the code. */
export const resultsFolder = fileURLToPath(new URL('../../../papers/results', import.meta.url));

/** All recorded results by slug. A file that is not one is an error that names the file and the field. */
export async function readRecorded(folder = resultsFolder): Promise<Map<string, RecordedResult>> {
  const names = await readdir(folder).catch(() => []);
  const results = new Map<string, RecordedResult>();
  for (const name of names.filter((file) => file.endsWith('.json'))) {
    const parsed = recordedSchema.safeParse(JSON.parse(await readFile(`${folder}/${name}`, 'utf8')));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new Error(`packages/papers/results/${name}: ${issue.path.join('.')}: ${issue.message}`);
    }
    results.set(parsed.data.slug, parsed.data);
  }
  return results;
}
