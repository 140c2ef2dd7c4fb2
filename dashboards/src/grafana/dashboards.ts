import type { DashboardId } from '../alerts/dashboards.ts';
import type { Config } from '../config/schema.ts';
import { model } from './dashboards/model.ts';
import { overview } from './dashboards/overview.ts';
import { quality } from './dashboards/quality.ts';
import { quota } from './dashboards/quota.ts';
import { resilience } from './dashboards/resilience.ts';
import { streaming } from './dashboards/streaming.ts';
import { telemetry } from './dashboards/telemetry.ts';
import { useCases } from './dashboards/use-cases.ts';
import { vendors } from './dashboards/vendors.ts';
import type { Dashboard } from './panel.ts';

/** What is on each dashboard. */
export const CONTENTS: Readonly<Record<DashboardId, (config: Config) => Dashboard>> = {
  overview,
  model,
  streaming,
  resilience,
  quality,
  quota,
  useCase: useCases,
  vendors,
  telemetry,
};
