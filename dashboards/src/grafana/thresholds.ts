import { ALERTS } from '../alerts/alerts.ts';
import type { Setting } from '../alerts/settings.ts';
import type { Config } from '../config/schema.ts';
import type { Threshold } from './panel.ts';

/** The number that an alert fires at, as it is configured; of an objective, the share that may be bad. */
export function thresholdValue({ alert, setting }: Threshold, config: Config): number {
  const chosen = config.alerts[alert][setting];
  if (chosen === undefined) throw new Error(`${alert} has no setting ${setting}.`);
  const { kind } = (ALERTS[alert].settings as Readonly<Record<string, Setting>>)[setting] ?? {};
  return kind === 'objective' ? Number((1 - chosen).toFixed(6)) : chosen;
}
