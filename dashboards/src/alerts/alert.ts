import type { Expression } from '../promql/expression.ts';
import type { LabelId } from '../promql/labels.ts';
import type { Duration } from '../promql/series.ts';
import type { Category, Severity } from './categories.ts';
import type { DashboardId } from './dashboards.ts';
import type { Chosen, Settings } from './settings.ts';

/** One alert: what it fires on, what it says, and what there is to do. */
export interface Alert<Own extends Settings = Settings> {
  readonly category: Category;
  readonly severity: Severity;
  readonly for: Duration;
  readonly keepFiringFor: Duration;
  readonly settings: Own;
  /** What one alert is told from the next by; all of it is in its labels. */
  readonly labels: readonly LabelId[];
  /**
   * Whether its critical rules get a twin that is a warning and fires while the vendor declares an incident; Alertmanager
   * tells the twin instead.
   */
  readonly downgradable?: true;
  /** One rule, or several that differ in what they look at. */
  rules(chosen: Chosen<Own>): readonly AlertRule[];
  /** Constant: what an on-caller reads first. */
  readonly summary: string;
  readonly dashboard: DashboardId;
  readonly runbook: Runbook;
}

export interface AlertRule {
  readonly expression: Expression;
  /** With the values and what they are shares of, as Prometheus' templates. */
  readonly description: string;
  /** Labels that tell the rules of one alert apart. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly for?: Duration;
  readonly severity?: Severity;
}

export interface Runbook {
  readonly meaning: string;
  readonly impact: string;
  readonly us: Diagnosis;
  readonly network: Diagnosis;
  readonly vendor: Diagnosis;
  readonly mitigation: readonly string[];
  readonly over: string;
  readonly falsePositives: readonly string[];
}

/** What to look at, with queries to paste, and what they tell. */
export interface Diagnosis {
  readonly text: string;
  readonly queries: readonly Expression[];
}

/** Types the settings of an alert by its own table of them. */
export const alert = <const Own extends Settings>(row: Alert<Own>): Alert<Own> => row;
