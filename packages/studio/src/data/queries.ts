import { keepPreviousData, QueryClient, queryOptions } from '@tanstack/react-query';
import { ApiProblem, api, type PaperSearch } from '../api.ts';
import { currentReach, fromServerOr, subscribeReach } from './reach.ts';

const offline = () => import('../offline/index.ts');

export function createQueryClient(): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (failures, error) => failures < 2 && !(error instanceof ApiProblem && error.status < 500),
      },
    },
  });
  let before = currentReach();
  subscribeReach(() => {
    const now = currentReach();
    // The server is back after the bundled catalogue stood in for it: what it says is newer.
    if (before === 'bundled' && now === 'server') void client.invalidateQueries();
    before = now;
  });
  return client;
}

export const papersQuery = (search: PaperSearch = {}) =>
  queryOptions({
    queryKey: ['papers', search],
    queryFn: ({ signal }) =>
      fromServerOr(
        () => api.papers(search, signal),
        async () => (await offline()).papers(search),
      ),
    placeholderData: keepPreviousData,
  });

export const paperQuery = (slug: string) =>
  queryOptions({
    queryKey: ['paper', slug],
    queryFn: ({ signal }) =>
      fromServerOr(
        () => api.paper(slug, signal),
        async () => (await offline()).paper(slug),
      ),
  });

export const resultsQuery = () =>
  queryOptions({
    queryKey: ['results'],
    queryFn: ({ signal }) =>
      fromServerOr(
        async () => (await api.results(signal)).rows,
        async () => (await offline()).results(),
      ),
  });

/** Runs in progress on the server, of one paper or of all. */
export const runningQuery = (slug?: string) =>
  queryOptions({
    queryKey: ['running', slug ?? null],
    queryFn: ({ signal }) =>
      fromServerOr(
        async () => (await api.runs({ status: 'running', ...(slug === undefined ? {} : { slug }) }, signal)).runs,
        async () => [],
      ),
    staleTime: 5_000,
  });
