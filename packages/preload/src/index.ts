import { isInternalThread } from 'node:worker_threads';
import { start } from './start.ts';

/** One slot per thread and process, shared by the CommonJS and the ESM build and by every installed copy. */
const STARTED = Symbol.for('brownout.preload');

const threadState = globalThis as { [STARTED]?: true };

const switchedOff = [process.env['BROWNOUT_DISABLED'], process.env['OTEL_SDK_DISABLED']].some(
  (value) => value?.trim().toLowerCase() === 'true',
);

// Node runs `--require` again on the threads of module loaders, where no application code ever runs.
if (!switchedOff && !isInternalThread && !threadState[STARTED]) {
  threadState[STARTED] = true;
  try {
    start();
  } catch (error) {
    process.stderr.write(
      `brownout: telemetry could not be started, the application runs without it: ${String(error)}\n`,
    );
  }
}
