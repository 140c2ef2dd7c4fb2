import { configurationOf, withPlainPorts } from '../read-configuration.ts';
import { IMAGE, type Tier } from '../tiers.ts';
import {
  claimsOf,
  environmentOf,
  labelsOf,
  mountsOf,
  POD_SECURITY,
  resourcesOf,
  SECURITY,
  spreadOf,
  volumesOf,
} from './pod.ts';

/** The operator names what it makes of a resource after it, with this behind. */
const SUFFIX = '-collector';

/** Addresses: of pods by the headless service, of any other by the service that has the resource's name. */
const asTheOperatorNames = (addresses: string): string =>
  addresses
    .replaceAll(/(otel-gateway)-(\d+)\.otel-gateway:/g, `$1${SUFFIX}-$2.$1${SUFFIX}-headless:`)
    .replace(/^([a-z-]+):(?=\d)/, `$1${SUFFIX}:`);

/** The same Collector as a resource of the OpenTelemetry operator. */
export function operatorResource(tier: Tier): object {
  const { name, runs, replicas, grace } = tier;
  const onEveryNode = runs === 'on every node';
  const environment = Object.fromEntries(
    Object.entries(tier.environment).map(([key, value]) => [key, asTheOperatorNames(value)]),
  );
  return {
    apiVersion: 'opentelemetry.io/v1beta1',
    kind: 'OpenTelemetryCollector',
    metadata: { name, labels: labelsOf(tier) },
    spec: {
      mode: onEveryNode ? 'daemonset' : 'statefulset',
      image: `${IMAGE.repository}:${IMAGE.tag}`,
      // A newer operator must not rewrite what was tested.
      upgradeStrategy: 'none',
      ...(onEveryNode ? {} : { replicas, podManagementPolicy: 'Parallel', podDisruptionBudget: { maxUnavailable: 1 } }),
      terminationGracePeriodSeconds: grace,
      env: environmentOf({ ...tier, environment }),
      resources: resourcesOf(tier),
      securityContext: SECURITY,
      podSecurityContext: POD_SECURITY,
      volumeMounts: mountsOf(),
      volumes: volumesOf(tier),
      ...(onEveryNode
        ? { tolerations: [{ operator: 'Exists', effect: 'NoSchedule' }] }
        : {
            volumeClaimTemplates: claimsOf(tier),
            topologySpreadConstraints: spreadOf({ ...tier, name: `${name}${SUFFIX}` }),
          }),
      observability: { metrics: { enableMetrics: true } },
      config: withPlainPorts(configurationOf(tier)),
    },
  };
}

/** Has the operator put the preload into pods that ask for it. */
export const instrumentation = (): object => ({
  apiVersion: 'opentelemetry.io/v1alpha1',
  kind: 'Instrumentation',
  metadata: { name: 'brownout', labels: labelsOf({ name: 'brownout' }) },
  spec: {
    exporter: { endpoint: 'http://otel-agent-collector.observability:4318' },
    propagators: ['tracecontext', 'baggage'],
    // The gateway samples, and it has to see everything for that.
    sampler: { type: 'parentbased_always_on' },
    defaults: { useLabelsForResourceAttributes: true },
    nodejs: {
      image: 'registry.example.com/brownout-instrumentation:0.1.0',
      env: [
        { name: 'OTEL_EXPORTER_OTLP_PROTOCOL', value: 'http/protobuf' },
        { name: 'OTEL_LOGS_EXPORTER', value: 'otlp' },
      ],
      volumeLimitSize: '200Mi',
      resourceRequirements: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '128Mi' } },
    },
  },
});
