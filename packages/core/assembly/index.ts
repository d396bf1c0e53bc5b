export * from './attention';
export * from './distribution';
export * from './matmul';
export * from './rows';

/** Where memory is free: below lie the tables of the compiler's own mathematics. */
export function heapBase(): usize {
  return __heap_base;
}
