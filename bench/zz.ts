import { search } from './zzdev.ts';
await search();
