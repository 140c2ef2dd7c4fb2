import type { Scenario } from '../support/scenario.ts';
import { CONTENT_SCENARIOS } from './content.ts';
import { FAILING_SCENARIOS } from './failing.ts';
import { GOODPUT_SCENARIOS } from './goodput.ts';
import { QUOTA_SCENARIOS } from './quota.ts';
import { RESILIENCE_SCENARIOS } from './resilience.ts';
import { SERVICE_SCENARIOS } from './services.ts';
import { STREAM_SCENARIOS } from './streams.ts';
import { TELEMETRY_SCENARIOS } from './telemetry.ts';
import { TOKEN_SCENARIOS } from './tokens.ts';
import { VENDOR_SCENARIOS } from './vendors.ts';

/** What every alert is tested with. */
export const SCENARIOS: readonly Scenario[] = [
  ...GOODPUT_SCENARIOS,
  ...FAILING_SCENARIOS,
  ...STREAM_SCENARIOS,
  ...CONTENT_SCENARIOS,
  ...VENDOR_SCENARIOS,
  ...RESILIENCE_SCENARIOS,
  ...QUOTA_SCENARIOS,
  ...TOKEN_SCENARIOS,
  ...SERVICE_SCENARIOS,
  ...TELEMETRY_SCENARIOS,
];
