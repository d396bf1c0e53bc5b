import { Random } from '../stats/index.ts';
import { assertDiscrete, type Environment } from './environment.ts';

/** Seconds between decisions. */
const DECISION = 2;
const MIN_GREEN = 2;
const YELLOW = 1;
/** Arrivals a second from north, south, east and west, when one street or the other is busy. */
const REGIMES = [
  [0.45, 0.3, 0.15, 0.1],
  [0.1, 0.15, 0.3, 0.45],
] as const;
/** Mean seconds before the other street becomes the busy one. */
const REGIME_LENGTH = 75;

/** An intersection that also counts its cars. */
export interface Intersection extends Environment {
  /** Cars that arrived since the reset. */
  readonly arrived: number;
}

/**
 * A traffic light at a crossing of two streets. Cars arrive from four sides as Poisson streams whose rates jump between
 * two regimes; each green side lets one car a second through; a switch costs a second of yellow, and is granted only
 * after two seconds of green. Decisions every 2 s: 0 keeps the light, 1 asks for a switch.
 *
 * Observation: the four queues / 20, which street is green (±1), seconds of green / 30. Signals of a decision window:
 * `queue` (cars waiting at its end), `wait` (their mean waiting time, s), `switches` (0 or 1), `passed` (cars let
 * through). The native reward is minus the car-seconds spent waiting in the window: over an episode that is, by Little's
 * law, minus the mean delay times the cars, so it ranks policies as mean travel time does. Arrivals do not depend on the
 * light: under one `rng` all policies meet the same cars.
 *
 * @param options.seconds length of an episode, 300 unless told; a whole number of decisions
 * @throws RangeError for a length that is not a positive multiple of 2
 * @example
 * const env = intersection();
 * env.reset(new Random(0, 'traffic'));
 * env.step([1]);
 * env.signals; // queue, wait, switches, passed
 */
export function intersection({ seconds = 300 } = {}): Intersection {
  if (!(seconds > 0 && seconds % DECISION === 0)) {
    throw new RangeError(`seconds must be a positive multiple of ${DECISION}, got ${seconds}`);
  }
  const observation = new Float32Array(6);
  const signals = new Float64Array(4);
  const queues = REGIMES[0].map(() => new Queue());
  let arrivals = new Random(0);
  let [now, regime, street, green, yellow, arrived, reward] = [seconds, 0, 0, 0, 0, 0, 0];

  const observe = () => {
    queues.forEach((queue, side) => {
      observation[side] = queue.length / 20;
    });
    observation[4] = street === 0 ? 1 : -1;
    observation[5] = green / 30;
  };
  /** One second; gives how many cars passed. */
  const tick = (): number => {
    if (arrivals.bool(1 / REGIME_LENGTH)) regime = 1 - regime;
    let passed = 0;
    queues.forEach((queue, side) => {
      const cars = arrivals.poisson(REGIMES[regime][side]);
      for (let i = 0; i < cars; i++) queue.push(now);
      arrived += cars;
      const isGreen = yellow === 0 && side >> 1 === street;
      if (isGreen && queue.length > 0) {
        queue.shift();
        passed++;
      }
      reward -= queue.length;
    });
    if (yellow > 0) yellow--;
    else green++;
    now++;
    return passed;
  };
  return {
    actions: { kind: 'discrete', n: 2 },
    observation,
    signals,
    signalNames: ['queue', 'wait', 'switches', 'passed'],
    get reward() {
      return reward;
    },
    terminated: false,
    get truncated() {
      return now >= seconds;
    },
    get arrived() {
      return arrived;
    },
    reset(rng) {
      arrivals = rng.split('arrivals');
      regime = arrivals.int(2);
      street = arrivals.int(2);
      [now, green, yellow, arrived, reward] = [0, MIN_GREEN, 0, 0, 0];
      for (const queue of queues) queue.clear();
      observe();
    },
    step(action) {
      if (now >= seconds) throw new RangeError('the episode has ended: reset before the next step');
      assertDiscrete(action, 2);
      const switches = action[0] === 1 && green >= MIN_GREEN;
      if (switches) {
        street = 1 - street;
        green = 0;
        yellow = YELLOW;
      }
      reward = 0;
      let passed = 0;
      for (let second = 0; second < DECISION; second++) passed += tick();
      let waiting = 0;
      let waited = 0;
      for (const queue of queues) {
        waiting += queue.length;
        waited += queue.length * now - queue.arrivalSum;
      }
      signals.set([waiting, waiting === 0 ? 0 : waited / waiting, Number(switches), passed]);
      observe();
    },
  };
}

/** Cars of one side in order of arrival, with the sum of their arrival times at hand. */
class Queue {
  readonly #times: number[] = [];
  #head = 0;
  arrivalSum = 0;

  get length(): number {
    return this.#times.length - this.#head;
  }

  push(time: number): void {
    this.#times.push(time);
    this.arrivalSum += time;
  }

  shift(): void {
    this.arrivalSum -= this.#times[this.#head++];
  }

  clear(): void {
    this.#times.length = 0;
    this.#head = 0;
    this.arrivalSum = 0;
  }
}
