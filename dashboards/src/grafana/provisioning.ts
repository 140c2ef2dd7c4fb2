import { renderYaml } from '../render/yaml.ts';
import { GENERATED } from '../render/markdown.ts';

/** Where the files of a dashboard lie, from `dashboards/`. */
export const FOLDERS = {
  classic: 'grafana',
  resources: 'grafana-v2',
  provisioning: 'grafana/provisioning',
  kubernetes: 'kubernetes/grafana',
} as const;

/** Where provisioned dashboards are mounted in Grafana's own container. */
const MOUNTED = '/var/lib/grafana/dashboards/brownout';

/** The folder in Grafana that they are put into. */
const FOLDER = 'Brownout';

/** A file for Grafana's `provisioning/dashboards`. */
export const providerFile = (): string =>
  renderYaml(`${GENERATED}\nMount the *.json files of dashboards/grafana at ${MOUNTED}.`, {
    apiVersion: 1,
    providers: [
      {
        name: 'brownout',
        folder: FOLDER,
        type: 'file',
        disableDeletion: true,
        allowUiUpdates: false,
        updateIntervalSeconds: 60,
        options: { path: MOUNTED },
      },
    ],
  });

/** For the sidecar of Grafana's Helm chart, which loads what has this label; one each, since one for all is too large. */
export const configMap = (uid: string, json: string): string =>
  renderYaml(GENERATED, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: uid,
      labels: { grafana_dashboard: '1' },
      annotations: { grafana_folder: FOLDER },
    },
    data: { [`${uid}.json`]: json },
  });
