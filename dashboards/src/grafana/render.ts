import { type DashboardId, DASHBOARDS } from '../alerts/dashboards.ts';
import type { Config } from '../config/schema.ts';
import { buildDashboard } from './build-dashboard.ts';
import { buildResource } from './build-resource.ts';
import { CONTENTS } from './dashboards.ts';
import { configMap, FOLDERS, providerFile } from './provisioning.ts';

const asText = (content: unknown): string => `${JSON.stringify(content, null, 2)}\n`;

/** Every dashboard in the forms that Grafana takes, and what provisions them, by paths from `dashboards/`. */
export function dashboardFiles(config: Config): Readonly<Record<string, string>> {
  const files: Record<string, string> = { [`${FOLDERS.provisioning}/brownout.yaml`]: providerFile() };
  for (const id of Object.keys(CONTENTS) as DashboardId[]) {
    const { uid } = DASHBOARDS[id];
    const built = buildDashboard(id, CONTENTS[id](config), config);
    const classic = asText(built);
    files[`${FOLDERS.classic}/${uid}.json`] = classic;
    files[`${FOLDERS.resources}/${uid}.json`] = asText(buildResource(built));
    files[`${FOLDERS.kubernetes}/${uid}.yaml`] = configMap(uid, classic);
  }
  return files;
}
