import type { z } from 'zod';
import type { Figure } from './figure.ts';
import { canonicalJson, type Plain } from './plain.ts';

/** What artifacts are made of: plain data and typed arrays, at any depth. */
export type Stored =
  | Plain
  | Float32Array
  | Float64Array
  | Int32Array
  | Uint32Array
  | Uint8Array
  | readonly Stored[]
  | { readonly [key: string]: Stored };

/**
 * Something that many trials share (a pretrained tiny model, a labelled data set): named, built once per content hash,
 * cached, with figures of its own. `build` must be a pure function of its parameters.
 */
export interface Artifact<S extends z.ZodObject = z.ZodObject, A extends Stored = Stored> {
  readonly name: string;
  readonly description: string;
  readonly params: S;
  /** Artifacts it is built from; they are built first, and `context.artifact` gives them. */
  needs(params: z.output<S>): ArtifactRef[];
  build(params: z.output<S>, context: BuildContext): A | Promise<A>;
  /** What a reader wants to see of it: base accuracy, F1, sizes. */
  figures(value: A, params: z.output<S>): Figure[];
  /** Names one instance. Throws ZodError for parameters that do not fit. */
  ref(params: z.input<S>): ArtifactRef<A>;
}

/** One instance of an artifact, by name and parameters. The type parameter remembers what `context.artifact` gives. */
export interface ArtifactRef<A extends Stored = Stored> {
  readonly name: string;
  readonly params: Plain;
  /** Never set: carries the type. */
  readonly of?: A;
}

/** What a build or a trial may do besides computing. */
export interface BuildContext {
  /** Aborted when the run is cancelled; long loops call `signal.throwIfAborted()`. */
  readonly signal: AbortSignal;
  /** How much is done, in [0, 1], with an optional word about what is going on. Cheap: call it as often as you like. */
  progress(fraction: number, note?: string): void;
  /** A point of a live curve, shown while the trial runs. */
  point(series: string, x: number, y: number): void;
  /** An artifact that was named by `needs`. Throws RangeError for one that was not. */
  artifact<A extends Stored>(ref: ArtifactRef<A>): Promise<A>;
}

/**
 * Declares an artifact.
 *
 * @example
 * const base = defineArtifact({
 *   name: 'chain-mod/sft', description: 'A tiny GPT after SFT', params: z.object({ width: z.int() }),
 *   build: async ({ width }, context) => trainBase(width, context),
 *   figures: (model) => [table({ ... })],
 * });
 * const model = await context.artifact(base.ref({ width: 48 }));
 */
export function defineArtifact<S extends z.ZodObject, A extends Stored>(
  artifact: Omit<Artifact<S, A>, 'ref' | 'needs'> & { needs?: (params: z.output<S>) => ArtifactRef[] },
): Artifact<S, A> {
  return {
    ...artifact,
    needs: (params) => artifact.needs?.(params) ?? [],
    build: (params, context) => artifact.build(params, context),
    figures: (value, params) => artifact.figures(value, params),
    ref: (params) => ({
      name: artifact.name,
      params: JSON.parse(canonicalJson(artifact.params.parse(params))) as Plain,
    }),
  };
}

/** The text that names an artifact's instance; equal for equal parameters. */
export function artifactKey(ref: ArtifactRef): string {
  return `${ref.name} ${canonicalJson(ref.params)}`;
}
