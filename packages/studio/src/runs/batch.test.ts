import { expect, it, vi } from 'vitest';
import { Batch } from './batch.ts';

it('hands items on together once the interval has passed', () => {
  const now = vi.spyOn(performance, 'now').mockReturnValue(1000);
  const batches: number[][] = [];
  const batch = new Batch<number>(16, (items) => batches.push(items));
  batch.add(1);
  batch.add(2);
  now.mockReturnValue(1010);
  batch.add(3);
  now.mockReturnValue(1020);
  batch.add(4);
  batch.add(5);
  batch.flush();
  batch.flush();
  expect(batches).toEqual([[1], [2, 3, 4], [5]]);
  now.mockRestore();
});
