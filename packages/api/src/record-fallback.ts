import { apiListener } from './listener.ts';
import type { FallbackReport } from './listener.ts';

/**
 * Says that a model call failed and what is done in its place: to be called before that is done. Does nothing where no
 * instrumentation is loaded, and never throws: what makes no sense in a report is told once, as a warning.
 */
export function recordFallback(report: FallbackReport): void {
  apiListener()?.recordFallback(report);
}
