/**
 * A reward for `laurel search`: the share of the equations in a response that hold, or null where it writes none. It rates
 * whole responses, and as well the steps so far of a beam:
 *
 *   laurel search best-of --lm http://localhost:8000/v1 --model NAME --prompt 'What is 17 * 23?' -n 16 \
 *     --reward examples/reward-for-search.ts
 */
export default function equationsHold(items: readonly { response: string }[]): (number | null)[] {
  return items.map(({ response }) => {
    const equations = [...response.matchAll(/(-?[\d.]+)\s*([-+*/])\s*(-?[\d.]+)\s*=\s*(-?[\d.]*\d)/g)];
    if (equations.length === 0) return null;
    const right = equations.filter(([, a, operator, b, c]) => {
      const result = operations[operator](Number(a), Number(b));
      return Math.abs(result - Number(c)) <= 1e-6 * Math.max(1, Math.abs(result));
    });
    return right.length / equations.length;
  });
}

const operations: Record<string, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
};
