import { type DashboardId, DASHBOARDS } from '../alerts/dashboards.ts';
import type { Config } from '../config/schema.ts';
import { buildDashboard } from './build-dashboard.ts';
import { CONTENTS } from './dashboards.ts';

/** Every dashboard as Grafana's classic JSON, by its path from `dashboards/`. */
export const dashboardFiles = (config: Config): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (Object.keys(CONTENTS) as DashboardId[]).map((id) => [
      `grafana/${DASHBOARDS[id].uid}.json`,
      `${JSON.stringify(buildDashboard(id, CONTENTS[id](config), config), null, 2)}\n`,
    ]),
  );
