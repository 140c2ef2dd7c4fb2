export { listenToApi } from './listener.ts';
export type { ApiListener, FallbackReport, TaskOutcome } from './listener.ts';
export { recordFallback } from './record-fallback.ts';
export { recordOutcome, task } from './task.ts';
export { USE_CASE_BAGGAGE, useCase } from './use-case.ts';
