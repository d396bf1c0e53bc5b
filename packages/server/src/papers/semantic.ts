import type { Hit } from '@laurel/papers/search';

const BEST_PASSAGES = 5; // chosen on the development queries
// Every record is compared by the mean of its passages; this many are then compared by the passages themselves. With
// fewer records than that the ranking is exact.
const SHORTLIST = 400;

/**
 * Nearest records by the meaning of their passages, in memory. A record's score is the mean cosine of its five best
 * passages with the query. Passages are kept as 8-bit integers (the cosine moves by less than 0.005), their means as a
 * float matrix with one row a record: 10,000 records of 8 passages and 512 dimensions take 60 MB.
 */
export class SemanticIndex {
  readonly #dimensions: number;
  #means: Float32Array;
  readonly #ids: string[] = [];
  readonly #passages: Int8Array[] = [];
  readonly #rows = new Map<string, number>();

  constructor(dimensions: number) {
    this.#dimensions = dimensions;
    this.#means = new Float32Array(64 * dimensions);
  }

  get size(): number {
    return this.#ids.length;
  }

  has(id: string): boolean {
    return this.#rows.has(id);
  }

  /** Adds a record or replaces it. `vectors` have unit length; throws RangeError for none or for other dimensions. */
  put(id: string, vectors: readonly Float32Array[]): void {
    const d = this.#dimensions;
    if (vectors.length === 0) throw new RangeError(`vectors of ${id} must not be empty`);
    const wrong = vectors.find((vector) => vector.length !== d);
    if (wrong) throw new RangeError(`vectors of ${id} must have ${d} dimensions, got ${wrong.length}`);
    const row = this.#rows.get(id) ?? this.#ids.length;
    if ((row + 1) * d > this.#means.length) {
      const larger = new Float32Array(this.#means.length * 2);
      larger.set(this.#means);
      this.#means = larger;
    }
    const mean = this.#means.subarray(row * d, (row + 1) * d).fill(0);
    const passages = new Int8Array(vectors.length * d);
    for (const [i, vector] of vectors.entries()) {
      for (let j = 0; j < d; j++) {
        mean[j] += vector[j];
        passages[i * d + j] = Math.round(vector[j] * 127);
      }
    }
    const length = Math.hypot(...mean) || 1;
    for (let j = 0; j < d; j++) mean[j] /= length;
    this.#ids[row] = id;
    this.#passages[row] = passages;
    this.#rows.set(id, row);
  }

  remove(id: string): void {
    const row = this.#rows.get(id);
    if (row === undefined) return;
    this.#rows.delete(id);
    const d = this.#dimensions;
    const last = this.#ids.length - 1;
    if (row !== last) {
      this.#means.copyWithin(row * d, last * d, (last + 1) * d);
      this.#ids[row] = this.#ids[last];
      this.#passages[row] = this.#passages[last];
      this.#rows.set(this.#ids[row], row);
    }
    this.#ids.length = last;
    this.#passages.length = last;
  }

  /** At most `k` records that `accepts` lets through, best first; `score` is a cosine. */
  search(query: Float32Array, k: number, accepts: (id: string) => boolean = () => true): Hit[] {
    const d = this.#dimensions;
    if (query.length !== d) throw new RangeError(`query must have ${d} dimensions, got ${query.length}`);
    const rows: number[] = [];
    for (const [row, id] of this.#ids.entries()) if (accepts(id)) rows.push(row);
    const shortlist =
      rows.length <= SHORTLIST
        ? rows
        : largest(
            Float64Array.from(rows, (row) => dot(query, this.#means, row * d)),
            SHORTLIST,
          ).map((i) => rows[i]);
    const scores = Float64Array.from(shortlist, (row) => this.#scoreOf(query, this.#passages[row]));
    return largest(scores, k).map((i) => ({ id: this.#ids[shortlist[i]], score: scores[i] }));
  }

  #scoreOf(query: Float32Array, passages: Int8Array): number {
    const d = this.#dimensions;
    const cosines = Float64Array.from({ length: passages.length / d }, (_, i) => dot(query, passages, i * d) / 127);
    const best = cosines.sort().slice(-BEST_PASSAGES);
    return best.reduce((sum, x) => sum + x, 0) / best.length;
  }
}

function dot(query: Float32Array, matrix: Float32Array | Int8Array, from: number): number {
  let sum = 0;
  for (let j = 0; j < query.length; j++) sum += query[j] * matrix[from + j];
  return sum;
}

/**
 * Indices of the `k` largest scores, largest first, equal ones by index; a heap of `k`, so n log k and not n log n.
 *
 * @example
 * largest(Float64Array.of(1, 3, 2), 2); // [1, 2]
 */
export function largest(scores: Float64Array, k: number): number[] {
  const heap: number[] = []; // the smallest kept is at the root
  const below = (a: number, b: number) => scores[a] < scores[b] || (scores[a] === scores[b] && a > b);
  const swap = (a: number, b: number) => {
    [heap[a], heap[b]] = [heap[b], heap[a]];
  };
  const sink = () => {
    for (let at = 0; ; ) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < heap.length && below(heap[child], heap[least])) least = child;
      }
      if (least === at) return;
      swap(at, least);
      at = least;
    }
  };
  for (let i = 0; i < scores.length && k > 0; i++) {
    if (heap.length < k) {
      heap.push(i);
      for (let at = heap.length - 1; at > 0 && below(heap[at], heap[(at - 1) >> 1]); at = (at - 1) >> 1) {
        swap(at, (at - 1) >> 1);
      }
    } else if (below(heap[0], i)) {
      heap[0] = i;
      sink();
    }
  }
  return heap.sort((a, b) => (below(a, b) ? 1 : -1));
}
