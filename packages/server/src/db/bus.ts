import { EventEmitter } from 'node:events';
import pg from 'pg';

/** Small messages between the processes that share a database. Lost ones do no harm: the tables are the truth. */
export interface Bus {
  publish(message: BusMessage): void;
  /** Returns how to stop listening. */
  subscribe(listener: (message: BusMessage) => void): () => void;
  close(): Promise<void>;
}

export type BusMessage =
  | { about: 'jobs' }
  | { about: 'trial'; hash: string; state: 'started' | 'done' | 'failed'; milliseconds?: number; error?: string }
  | { about: 'artifact'; hash: string; state: 'built' | 'failed' }
  | {
      about: 'progress';
      hash: string;
      fraction: number;
      note?: string;
      points: [series: string, x: number, y: number][];
    }
  | { about: 'cancel'; run: string }
  | { about: 'run'; run: string };

/** Within one process: all there is with the embedded database. */
export function localBus(): Bus {
  const emitter = new EventEmitter().setMaxListeners(0);
  return {
    publish: (message) => void emitter.emit('message', message),
    subscribe(listener) {
      emitter.on('message', listener);
      return () => emitter.off('message', listener);
    },
    close: async () => void emitter.removeAllListeners(),
  };
}

const CHANNEL = 'laurel';
const LONGEST = 7900; // PostgreSQL refuses a payload of 8000 bytes

/** LISTEN and NOTIFY on a connection of its own; reconnects when it breaks. */
export async function postgresBus(url: string): Promise<Bus> {
  const local = localBus();
  let closed = false;
  let client: pg.Client | null = null;
  const connect = async () => {
    const next = new pg.Client({ connectionString: url, application_name: 'laurel bus', keepAlive: true });
    next.on('notification', ({ payload }) => payload && local.publish(JSON.parse(payload)));
    next.on('error', () => {});
    next.on('end', () => {
      client = null;
      reconnect();
    });
    await next.connect();
    await next.query(`listen ${CHANNEL}`);
    client = next;
  };
  const reconnect = () => {
    if (!closed) setTimeout(() => connect().catch(reconnect), 1000).unref();
  };
  await connect();
  let last: Promise<unknown> = Promise.resolve(); // one query at a time, in order
  return {
    publish(message) {
      const payload = JSON.stringify(message);
      if (Buffer.byteLength(payload) > LONGEST) return;
      last = last.then(() => client?.query('select pg_notify($1, $2)', [CHANNEL, payload])).catch(() => {});
    },
    subscribe: local.subscribe,
    async close() {
      closed = true;
      await last;
      await client?.end();
      await local.close();
    },
  };
}
