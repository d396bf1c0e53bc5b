import { configureGlobal } from 'fast-check';

/** Properties are tried on the same cases every time; FAST_CHECK_SEED=… tries others. */
configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 1) });
