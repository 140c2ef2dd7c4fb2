import { parse } from 'yaml';
import { textOf } from '../read-configuration.ts';

const NAME = 'otel-collectors';

/** The alerts on the Collectors' own metrics, as the Prometheus operator loads them. */
export const prometheusRule = (): object => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PrometheusRule',
  metadata: { name: NAME, labels: { 'app.kubernetes.io/name': NAME, 'app.kubernetes.io/part-of': 'brownout' } },
  spec: parse(textOf('alerts.yaml')) as object,
});
