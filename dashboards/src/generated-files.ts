import { ABOUT_ALERTMANAGER, alertmanagerConfiguration } from './alertmanager/configuration.ts';
import { ALERT_ROWS } from './alerts/alerts.ts';
import { DEFAULT_CONFIG } from './config/read-config.ts';
import type { Config } from './config/schema.ts';
import { dashboardFiles } from './grafana/render.ts';
import { renderRunbook } from './render/runbook.ts';
import { alertGroups, prometheusRule, recordingGroups } from './render/rule-groups.ts';
import { renderYaml } from './render/yaml.ts';
import { GENERATED } from './render/markdown.ts';

/** Every file that comes from the tables, by its path from `dashboards/`. */
export function generatedFiles(config: Config = DEFAULT_CONFIG): Readonly<Record<string, string>> {
  return {
    'prometheus/brownout-recording.yaml': renderYaml(GENERATED, { groups: recordingGroups() }),
    'prometheus/brownout-alerts.yaml': renderYaml(GENERATED, { groups: alertGroups(config) }),
    'alertmanager/alertmanager.yaml': renderYaml(`${GENERATED}\n${ABOUT_ALERTMANAGER}`, alertmanagerConfiguration()),
    'kubernetes/prometheus-rule.yaml': renderYaml(GENERATED, prometheusRule(config)),
    ...Object.fromEntries(ALERT_ROWS.map(([name, row]) => [`runbooks/${name}.md`, renderRunbook(name, row, config)])),
    ...dashboardFiles(config),
  };
}
