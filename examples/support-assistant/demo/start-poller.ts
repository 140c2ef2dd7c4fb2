import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { startChild, type Child, type ChildOptions } from './start-child.ts';

const require = createRequire(import.meta.url);
const PACKAGE = dirname(require.resolve('@brownout/vendor-status/package.json'));

/** Its log; what it says of pages is what the demo shows anyway. */
const LOG_LINE = /^\S+ (?:INFO|WARN) /;

export interface PollerOptions extends Pick<ChildOptions, 'onError' | 'signal'> {
  /** Where the status pages are, by vendor. */
  readonly pages: Readonly<Record<string, string>>;
  /** How often each is read: once a second, since a minute is short. Vendors' own pages are read once in it. */
  readonly every?: string;
  /** Variables that say where its telemetry goes. */
  readonly telemetry: Readonly<Record<string, string>>;
}

/** Starts the poller of status pages as a user would: its command, and the standard `OTEL_*` variables. */
export function startPoller({ pages, every = '1s', telemetry, onError, signal }: PollerOptions): Pick<Child, 'stop'> {
  const vendors = Object.entries(pages).map(([vendor, url]) => `${vendor}=${url}`);
  const child = startChild({
    args: [join(PACKAGE, 'dist/bin.mjs'), 'run', ...vendors, '--every', every],
    cwd: PACKAGE,
    environment: telemetry,
    onError: (line) => {
      if (!LOG_LINE.test(line)) onError(line);
    },
    signal,
  });
  child.stdout.resume();
  return child;
}
