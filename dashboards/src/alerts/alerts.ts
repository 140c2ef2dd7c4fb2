import type { Alert } from './alert.ts';
import { GOODPUT_ALERTS } from './goodput.ts';
import { STREAM_ALERTS } from './streams.ts';
import { VENDOR_ALERTS } from './vendors.ts';

/** Every alert by its name. */
export const ALERTS = { ...GOODPUT_ALERTS, ...STREAM_ALERTS, ...VENDOR_ALERTS } as const;

export type AlertName = keyof typeof ALERTS;

/** The same for whoever walks through all of them. */
export const ALERT_ROWS = Object.entries(ALERTS) as readonly (readonly [AlertName, Alert])[];
