import type { Alert } from './alert.ts';
import { BREAKER_ALERTS } from './breakers.ts';
import { CONTENT_ALERTS } from './content.ts';
import { FAILING_ALERTS } from './failing.ts';
import { GOODPUT_ALERTS } from './goodput.ts';
import { INCONSISTENT_ALERTS } from './inconsistent.ts';
import { QUOTA_ALERTS } from './quota.ts';
import { RESILIENCE_ALERTS } from './resilience.ts';
import { SCOPE_ALERTS } from './scope.ts';
import { SLOW_ALERTS } from './slow.ts';
import { STREAM_ALERTS } from './streams.ts';
import { TASK_ALERTS } from './tasks.ts';
import { TELEMETRY_ALERTS } from './telemetry.ts';
import { TOKEN_ALERTS } from './tokens.ts';
import { VENDOR_ALERTS } from './vendors.ts';

/** Every alert by its name. */
export const ALERTS = {
  ...GOODPUT_ALERTS,
  ...FAILING_ALERTS,
  ...SLOW_ALERTS,
  ...STREAM_ALERTS,
  ...CONTENT_ALERTS,
  ...INCONSISTENT_ALERTS,
  ...RESILIENCE_ALERTS,
  ...BREAKER_ALERTS,
  ...QUOTA_ALERTS,
  ...TOKEN_ALERTS,
  ...TASK_ALERTS,
  ...VENDOR_ALERTS,
  ...SCOPE_ALERTS,
  ...TELEMETRY_ALERTS,
} as const;

export type AlertName = keyof typeof ALERTS;

/** The same for whoever walks through all of them. */
export const ALERT_ROWS = Object.entries(ALERTS) as readonly (readonly [AlertName, Alert])[];
