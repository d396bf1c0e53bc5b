import { useEffect } from 'react';

/** The document's title and description while a page is shown. */
export function usePage(title: string | undefined, description?: string): void {
  useEffect(() => {
    if (title !== undefined) document.title = `${title} · Laurel`;
    const meta = document.querySelector('meta[name="description"]');
    if (meta && description !== undefined) meta.setAttribute('content', description);
  }, [title, description]);
}
