import { AWS_HEALTH } from './aws-health/read.ts';
import { AZURE } from './azure/read.ts';
import { CHECKLY } from './checkly/read.ts';
import { DATADOG } from './datadog/read.ts';
import { FEED } from './feed/read.ts';
import type { Format } from './format.ts';
import { GOOGLE_CLOUD } from './google-cloud/read.ts';
import { INCIDENT_IO } from './incident-io/read.ts';
import { STATUSPAGE } from './statuspage/read.ts';

/** Every kind of status page that is understood. */
export const FORMATS = {
  statuspage: STATUSPAGE,
  incident_io: INCIDENT_IO,
  google_cloud: GOOGLE_CLOUD,
  aws_health: AWS_HEALTH,
  azure: AZURE,
  checkly: CHECKLY,
  datadog: DATADOG,
  feed: FEED,
} as const satisfies Readonly<Record<string, Format>>;

export type FormatId = keyof typeof FORMATS;
