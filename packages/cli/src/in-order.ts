/**
 * Works on several items at once and gives the results in the items' order. When one fails, what was begun is waited for
 * and the error is thrown in its place.
 *
 * @param atOnce how many items may be under way or wait for those before them
 */
export async function* inOrder<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T, index: number) => Promise<R>,
): AsyncGenerator<R> {
  const begun: Promise<R>[] = [];
  let next = 0;
  try {
    while (next < items.length || begun.length > 0) {
      while (next < items.length && begun.length < atOnce) {
        const job = work(items[next], next++);
        // Its turn to be awaited may come after it has failed.
        job.catch(() => {});
        begun.push(job);
      }
      yield await begun[0];
      begun.shift();
    }
  } finally {
    await Promise.allSettled(begun);
  }
}
