import { diag } from '@opentelemetry/api';

/** Counts what `guard` swallowed; set by the emitter once there is a meter. */
export type FaultSink = (site: string) => void;

/** Runs our own code at a rim of the host program: whatever goes wrong in it stays in here. */
export interface Guard {
  <Result>(site: string, run: () => Result): Result | undefined;
  onFault: FaultSink;
}

/**
 * Swallows, counts and logs (once per site) whatever `run` throws. The host's own calls never run inside a guard, so
 * the host's errors are never caught by one.
 */
export function createGuard(): Guard {
  const seen = new Set<string>();
  const guard: Guard = (site, run) => {
    try {
      return run();
    } catch (error) {
      if (!seen.has(site)) {
        seen.add(site);
        diag.warn(`brownout: telemetry for ${site} failed and was left out; the application is not affected.`, error);
      }
      try {
        guard.onFault(site);
      } catch {
        // A meter that throws must not turn a swallowed fault into a thrown one.
      }
      return undefined;
    }
  };
  guard.onFault = () => {};
  return guard;
}
