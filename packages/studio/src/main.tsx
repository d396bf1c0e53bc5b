import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/newsreader/opsz.css';
import '@fontsource-variable/newsreader/wght-italic.css';
import './styles/tokens.css';
import './styles/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './data/queries.ts';
import { createStudioRouter } from './router.tsx';
import { onRunEnd, warnBeforeLeaving } from './runs/store.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root"');

const queries = createQueryClient();
warnBeforeLeaving();
// A run on the server may change verdicts everywhere.
onRunEnd(({ where }) => {
  if (where === 'server') void queries.invalidateQueries();
});
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RouterProvider router={createStudioRouter(queries)} />
    </QueryClientProvider>
  </StrictMode>,
);
