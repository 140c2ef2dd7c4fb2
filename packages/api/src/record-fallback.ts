import { apiListener } from './listener.ts';
import type { FallbackReport } from './listener.ts';

/** Says that the next model call here is made in place of one that failed. Does nothing where no instrumentation is loaded. */
export function recordFallback(report: FallbackReport): void {
  apiListener()?.recordFallback(report);
}
