import type { Random } from '../stats/index.ts';
import type { Environment } from './environment.ts';

const GRAVITY = 10;
const MAX_SPEED = 8;
const MAX_TORQUE = 2;

/**
 * A pendulum too weak to be lifted straight up: unit mass and length, torque within ±2 N m, so it has to swing. The
 * equations and the native reward -(θ² + 0.1 ω² + 0.001 u²) are those of Gymnasium's Pendulum-v1 (θ = 0 upright, θ in
 * [-π, π]), advanced by semi-implicit Euler in steps of `dt / substeps`. The episode is cut after `steps` decisions.
 *
 * Observation: cos θ, sin θ, ω / 8. Action: one number, the torque over its bound. Signals, before the step: `angle²`
 * (rad²), `speed²` (rad²/s²), `torque²` ((N m)²); all better when smaller.
 *
 * @param options.steps decisions an episode, 100 unless told
 * @param options.dt seconds between decisions, 0.1 unless told
 * @param options.substeps integration steps a decision, 2 unless told
 * @throws RangeError for options that are not positive
 * @example
 * const env = swingUp();
 * env.reset(new Random(0, 'pendulum'));
 * env.step([1]);
 * env.reward; // between -17 and 0
 */
export function swingUp({ steps = 100, dt = 0.1, substeps = 2 } = {}): Environment {
  for (const [name, value] of Object.entries({ steps, dt, substeps })) {
    if (!(value > 0)) throw new RangeError(`${name} must be positive, got ${value}`);
  }
  const observation = new Float32Array(3);
  const signals = new Float64Array(3);
  let [angle, speed, reward, step] = [Math.PI, 0, 0, steps];
  const observe = () => observation.set([Math.cos(angle), Math.sin(angle), speed / MAX_SPEED]);
  return {
    actions: { kind: 'continuous', dimensions: 1 },
    observation,
    signals,
    signalNames: ['angle²', 'speed²', 'torque²'],
    get reward() {
      return reward;
    },
    terminated: false,
    get truncated() {
      return step >= steps;
    },
    reset(rng: Random) {
      angle = rng.between(-Math.PI, Math.PI);
      speed = rng.between(-1, 1);
      step = 0;
      observe();
    },
    step(action) {
      if (step >= steps) throw new RangeError('the episode has ended: reset before the next step');
      if (!Number.isFinite(action[0])) throw new RangeError(`action must be a finite number, got ${action[0]}`);
      const torque = MAX_TORQUE * Math.max(-1, Math.min(1, action[0]));
      signals.set([angle ** 2, speed ** 2, torque ** 2]);
      reward = -(signals[0] + 0.1 * signals[1] + 0.001 * signals[2]);
      for (let i = 0; i < substeps; i++) {
        const acceleration = 1.5 * GRAVITY * Math.sin(angle) + 3 * torque;
        speed = Math.max(-MAX_SPEED, Math.min(MAX_SPEED, speed + (acceleration * dt) / substeps));
        angle = wrap(angle + (speed * dt) / substeps);
      }
      step++;
      observe();
    },
  };
}

/** The same angle in [-π, π). */
function wrap(angle: number): number {
  const turn = 2 * Math.PI;
  return angle - turn * Math.floor((angle + Math.PI) / turn);
}
