declare module 'virtual:recorded-verdicts' {
  import type { RecordedVerdicts } from './offline/states.ts';
  export const recorded: readonly RecordedVerdicts[];
}
