import type { BusMessage } from '../db/bus.ts';

export interface Activity {
  started: boolean;
  fraction: number;
  note: string | undefined;
  points: [series: string, x: number, y: number][];
}

const MOST_TRIALS = 500;
const MOST_POINTS = 4000;

/** What was heard lately of each trial or artifact, for those who start to watch late. Bounded: the oldest are dropped. */
export class RecentActivity {
  readonly #byHash = new Map<string, Activity>();

  hear(message: BusMessage): void {
    if (message.about === 'trial' && message.state === 'started') this.#at(message.hash).started = true;
    if (message.about === 'progress') {
      const activity = this.#at(message.hash);
      activity.fraction = message.fraction;
      activity.note = message.note;
      activity.points.push(...message.points);
      if (activity.points.length > MOST_POINTS) activity.points.splice(0, activity.points.length - MOST_POINTS);
    }
  }

  get(hash: string): Activity | undefined {
    return this.#byHash.get(hash);
  }

  #at(hash: string): Activity {
    const activity = this.#byHash.get(hash) ?? { started: false, fraction: 0, note: undefined, points: [] };
    this.#byHash.delete(hash);
    this.#byHash.set(hash, activity);
    if (this.#byHash.size > MOST_TRIALS) this.#byHash.delete([...this.#byHash.keys()][0]);
    return activity;
  }
}
