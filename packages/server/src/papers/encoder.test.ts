import { afterAll, describe, expect, it } from 'vitest';
import { embeddedEncoder } from './encoder.ts';

const encoder = embeddedEncoder();
afterAll(() => encoder.close());
const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * b[i], 0);

describe('embeddedEncoder', () => {
  it('gives unit vectors whose products follow meaning, the same each time', async () => {
    const texts = ['the dog sleeps on the sofa', 'a puppy naps on the couch', 'interest rates rose in spring'];
    const [dog, puppy, rates] = await encoder.encode(texts);
    for (const vector of [dog, puppy, rates]) {
      expect(vector).toHaveLength(encoder.dimensions);
      expect(dot(vector, vector)).toBeCloseTo(1, 5);
    }
    expect(dot(dog, puppy)).toBeGreaterThan(dot(dog, rates) + 0.2);
    const [again] = await encoder.encode([texts[0]]);
    expect(dot(dog, again)).toBeCloseTo(1, 6);
  });

  it('takes what is not English, very short or very odd', async () => {
    const vectors = await encoder.encode(['a', '奖励', '1', 'naïve 🤖 <b>'.repeat(20)]);
    for (const vector of vectors) expect(dot(vector, vector)).toBeCloseTo(1, 5);
    expect(await encoder.encode([])).toEqual([]);
  });

  it('refuses a text without letters', async () => {
    await expect(encoder.encode(['fine', ' ?'])).rejects.toThrow(new RangeError('texts[1] has no letters: " ?"'));
  });

  it('leaves the event loop free, and a short request does not wait for a long one', async () => {
    const order: string[] = [];
    let ticks = 0;
    const timer = setInterval(() => ticks++, 5);
    const long = encoder.encode(Array.from({ length: 30 }, (_, i) => `text number ${i} of a long batch`));
    const short = encoder.encode(['a question']);
    await Promise.all([long.then(() => order.push('long')), short.then(() => order.push('short'))]);
    clearInterval(timer);
    expect(order).toEqual(['short', 'long']);
    expect(ticks).toBeGreaterThan(5);
  });

  it('ends its thread when idle and starts another when needed', async () => {
    const brief = embeddedEncoder({ idleSeconds: 0.05 });
    const [before] = await brief.encode(['reward']);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const [after] = await brief.encode(['reward']);
    expect(dot(before, after)).toBeCloseTo(1, 6);
    const refused = expect(brief.encode(['closed before it is done'])).rejects.toThrow('the text encoder was closed');
    await brief.close();
    await refused;
  });
});
