import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { paperQuery, papersQuery, resultsQuery } from './data/queries.ts';
import { feedSearch, paperSearchOf, resultsSearch } from './data/search-params.ts';
import { NotFound } from './routes/NotFound.tsx';
import { RouteFailure } from './routes/RouteFailure.tsx';
import { Shell } from './routes/Shell.tsx';

interface Context {
  queries: QueryClient;
}

const root = createRootRouteWithContext<Context>()({ component: Shell, notFoundComponent: NotFound });

// Loaders start what the page will ask for, and do not wait: each page shows its own skeleton.
const feed = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: feedSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    void context.queries.prefetchQuery(papersQuery(paperSearchOf(deps)));
  },
  component: lazyRouteComponent(() => import('./routes/Feed.tsx'), 'Feed'),
});

const paper = createRoute({
  getParentRoute: () => root,
  path: '/papers/$slug',
  loader: ({ context, params }) => {
    void context.queries.prefetchQuery(paperQuery(params.slug));
  },
  component: lazyRouteComponent(() => import('./routes/PaperPage.tsx'), 'PaperPage'),
});

const results = createRoute({
  getParentRoute: () => root,
  path: '/results',
  validateSearch: resultsSearch,
  loader: ({ context }) => {
    void context.queries.prefetchQuery(resultsQuery());
  },
  component: lazyRouteComponent(() => import('./routes/Results.tsx'), 'Results'),
});

const evidence = createRoute({
  getParentRoute: () => root,
  path: '/evidence',
  component: lazyRouteComponent(() => import('./routes/EvidencePage.tsx'), 'EvidencePage'),
});

export function createStudioRouter(queries: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([feed, paper, results, evidence]),
    context: { queries },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: RouteFailure,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createStudioRouter>;
  }
}
