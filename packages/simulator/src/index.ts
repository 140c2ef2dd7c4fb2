export type { AnswerLength } from './content/compose-answer.ts';
export type { DialectName, ProviderName } from './endpoint.ts';
export { expectedReason, FAULT_NAMES, FAULTS, type FaultName } from './faults/catalogue.ts';
export type { ActiveFault } from './faults/active-fault.ts';
export type {
  Budget,
  FaultDefinition,
  ParameterDefinition,
  ParameterValue,
  ParameterValues,
  PerMode,
  Reason,
} from './faults/fault.ts';
export { faultUrl } from './faults/fault-url.ts';
export { refusedUrl } from './faults/refused-url.ts';
export type { RateLimits } from './rate-limits.ts';
export type { RecordedRequest } from './request-log.ts';
export { loadSchedule } from './schedule/load-schedule.ts';
export { parseSchedule, ScheduleError } from './schedule/parse-schedule.ts';
export { phaseAt, type Phase, type Schedule, stretchSchedule } from './schedule/schedule.ts';
export type { PageEntry } from './status-page/page-entry.ts';
export { PAGE_FAULTS, type PageFaultName } from './status-page/page-faults.ts';
export type { PageRequest } from './status-page/serve-page.ts';
export { startSimulator, type Simulator, type SimulatorOptions } from './start-simulator.ts';
export { systemClock, type Clock } from './wire/clock.ts';
export type { Timing } from './wire/pace.ts';
