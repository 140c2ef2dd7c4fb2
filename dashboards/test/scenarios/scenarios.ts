import type { Scenario } from '../support/scenario.ts';
import { GOODPUT_SCENARIOS } from './goodput.ts';
import { STREAM_SCENARIOS } from './streams.ts';
import { VENDOR_SCENARIOS } from './vendors.ts';

/** What every alert is tested with. */
export const SCENARIOS: readonly Scenario[] = [...GOODPUT_SCENARIOS, ...STREAM_SCENARIOS, ...VENDOR_SCENARIOS];
