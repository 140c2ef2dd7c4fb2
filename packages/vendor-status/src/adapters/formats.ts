import type { Format } from './format.ts';
import { STATUSPAGE } from './statuspage/read.ts';

/** Every kind of status page that is understood. */
export const FORMATS = {
  statuspage: STATUSPAGE,
} as const satisfies Readonly<Record<string, Format>>;

export type FormatId = keyof typeof FORMATS;
