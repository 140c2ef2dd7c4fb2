import process from 'node:process';
import { isMainThread } from 'node:worker_threads';

/** The effects that the end of a process calls for. */
export interface Exit {
  /** Hands queued spans and log records to their exporters; the exports have begun when this returns. */
  flushRecords(): Promise<unknown>;
  /** The same for metrics, and resolves when everything that is under way was delivered or given up. */
  flushAll(): Promise<unknown>;
  /** Deliveries begun so far. */
  deliveries(): number;
  /** The process is about to end: what is open is ended, and nothing is tried a second time from here on. */
  lastCall(): void;
  /** Delivers what is still queued, and the metrics if they are wanted, synchronously; called within the `exit` event. */
  handOver(what: { readonly withMetrics: boolean }): void;
}

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** Longest time by which an unreachable collector delays the end of the process. */
const FLUSH_MILLISECONDS = 2000;

/** Nothing of the SDK holds the process, so that this timer alone decides how long an end may take. */
async function bounded(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise((resolve) => {
    timer = setTimeout(resolve, FLUSH_MILLISECONDS);
  });
  await Promise.race([work, deadline]);
  clearTimeout(timer);
}

/**
 * `beforeExit` comes again whenever something kept the process: only records that are new since then are worth a flush.
 * Returns whether the process ends by itself, which it only does once everything was flushed.
 */
function flushBeforeExit(exit: Exit): () => boolean {
  let isFirst = true;
  let endsByItself = false;
  const flush = async (): Promise<void> => {
    const before = exit.deliveries();
    exit.lastCall();
    const records = exit.flushRecords();
    if (!isFirst && exit.deliveries() === before) {
      endsByItself = true;
      // Runs only if somebody else keeps the process, and keeps nothing itself.
      setImmediate(() => (endsByItself = false)).unref();
      return;
    }
    isFirst = false;
    await bounded(Promise.allSettled([records, exit.flushAll()]));
  };
  process.on('beforeExit', () => void flush());
  return () => endsByItself;
}

/** An application that listens to a signal decides what it means; where none does, the process ends as it would have. */
function flushOnSignals(exit: Exit): void {
  let isEnding = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (process.listenerCount(signal) > 1) {
      void exit.flushAll();
      return;
    }
    const end = (): void => {
      process.removeListener(signal, onSignal);
      process.kill(process.pid, signal);
    };
    if (isEnding) return end();
    isEnding = true;
    exit.lastCall();
    void bounded(exit.flushAll()).then(end);
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
}

/** Delivers what is queued when the process or the worker thread ends, however it ends, without changing how. */
export function watchExit(exit: Exit): void {
  const endsByItself = flushBeforeExit(exit);
  if (isMainThread) flushOnSignals(exit);
  process.on('exit', () => exit.handOver({ withMetrics: !endsByItself() }));
}
