import { readFile, stat } from 'node:fs/promises';
import {
  createClient,
  embeddedEncoder,
  findPapers,
  HomeInUse,
  type ImportReport,
  importPage,
  Library,
  openStore,
  type PaperDetail,
  type PaperFilter,
  type PaperList,
  PaperSearch,
  paperExperiments,
  readRecorded,
  type Settings,
  UsageError,
} from '@laurel/server';
import { answer } from './answer.ts';

/** The papers, in this process's database or in that of the server that has it open. */
export interface Shelf {
  find(filter: PaperFilter): Promise<PaperList>;
  detail(slug: string): Promise<Pick<PaperDetail, 'card' | 'claims'>>;
  importPage(file: string, onProgress: (text: string) => void): Promise<ImportReport>;
  close(): Promise<void>;
}

export async function openShelf(settings: Settings): Promise<Shelf> {
  try {
    const store = await openStore(settings);
    const encoder = embeddedEncoder();
    const library = new Library(store.db, paperExperiments(), await readRecorded());
    const search = new PaperSearch(store.db, { encoder });
    return {
      find: (filter) => findPapers(library, search, filter),
      async detail(slug) {
        const detail = await library.detail(slug);
        if (!detail) throw new UsageError(`there is no paper "${slug}"`);
        return detail;
      },
      importPage: (file, onProgress) =>
        importPage(store.db, file, {
          encoder,
          onProgress: ({ stage, done, total }) => onProgress(`${stage} ${done}${total === null ? '' : ` of ${total}`}`),
        }),
      async close() {
        await encoder.close();
        await store.close();
      },
    };
  } catch (error) {
    if (error instanceof HomeInUse && error.holder.url !== null) return remoteShelf(error.holder.url, settings.token);
    throw error;
  }
}

const MOST_BYTES = 16 * 2 ** 20; // what the server takes, and what an import here takes

function remoteShelf(url: string, token: string | null): Shelf {
  const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  const { api } = createClient(url, headers);
  return {
    async find(filter) {
      const given = Object.entries(filter).filter(([, value]) => value !== undefined);
      return answer(await api.papers.$get({ query: Object.fromEntries(given) }));
    },
    detail: async (slug) => answer(await api.papers[':slug'].$get({ param: { slug } })),
    async importPage(file, onProgress) {
      const size = await stat(file).then(
        (found) => found.size,
        (error: Error) => {
          throw new UsageError(`${file}: ${error.message}`);
        },
      );
      if (size > MOST_BYTES) throw new UsageError(`${file} has ${size} bytes; a page may have ${MOST_BYTES}`);
      onProgress(`sending to ${url}`);
      const body = await readFile(file);
      const post = { method: 'POST', headers: { ...headers, 'content-type': 'text/plain' }, body };
      return answer(await fetch(`${url}/api/papers/import`, post));
    },
    close: async () => {},
  };
}
