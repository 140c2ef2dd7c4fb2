import { MORE_TIERS, TIERS, VENDOR_STATUS } from '../tiers.ts';
import { labelsOf, selectorOf } from './pod.ts';

/** Has the Prometheus operator fetch the Collectors' own metrics. */
export const podMonitors = (): readonly object[] =>
  [...TIERS, ...MORE_TIERS, VENDOR_STATUS].map((tier) => ({
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { name: tier.name, labels: labelsOf(tier) },
    spec: {
      selector: { matchLabels: selectorOf(tier) },
      podMetricsEndpoints: [{ port: 'metrics', path: '/metrics', interval: '1m' }],
    },
  }));
