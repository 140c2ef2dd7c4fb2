import type { Budget, BudgetRule, DetectorSwitches } from '@brownout/core';
import type { DialectId } from '@brownout/dialects';

/** Everything that a user can set. */
export interface Config {
  /** Nothing is instrumented. */
  readonly disabled: boolean;
  /** Defaults first, then the file's, then the environment's: of two rules for the same calls the later one wins. */
  readonly budgets: readonly BudgetRule[];
  /** What is spoken at a host (lower case, with its port if it was given with one), and who is billed for it. */
  readonly providers: ReadonlyMap<string, HostDialect>;
  /** Most distinct values of a dimension in one process. */
  readonly limits: Limits;
  /** What an answer is watched for. */
  readonly detectors: DetectorSwitches;
  /** Emit the metric names from before the GenAI conventions v0.1.0 as well. */
  readonly legacyMetrics: boolean;
  readonly captureContent: CaptureContent;
}

export interface HostDialect {
  readonly dialect: DialectId;
  readonly provider?: string;
}

export interface Limits {
  readonly models: number;
  readonly useCases: number;
  readonly taskNames: number;
}

/** Where prompts and completions are recorded. */
export type CaptureContent = 'none' | 'span' | 'event' | 'span_and_event';

/** What the environment sets; an absent field is not set. */
export interface EnvironmentSettings {
  readonly disabled?: boolean;
  readonly configFile?: string;
  readonly budget: Budget;
  readonly providers: ReadonlyMap<string, HostDialect>;
  readonly detectors?: DetectorSwitches;
  readonly legacyMetrics?: boolean;
  readonly captureContent?: CaptureContent;
}

/** What the config file sets. */
export interface FileSettings {
  readonly budgets: readonly BudgetRule[];
  readonly providers: ReadonlyMap<string, HostDialect>;
  readonly limits: Partial<Limits>;
  readonly detectors: Partial<DetectorSwitches>;
}

/** Settings beside what was wrong with them: one line per problem, for people. */
export interface Read<Settings> {
  readonly settings: Settings;
  readonly problems: readonly string[];
}
