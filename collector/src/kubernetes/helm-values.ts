import { configurationOf, withPlainPorts } from '../read-configuration.ts';
import { IMAGE, PORTS, SERVICE, type Tier } from '../tiers.ts';
import { ingressOf } from './manifests.ts';
import { claimsOf, environmentOf, mountsOf, POD_SECURITY, resourcesOf, SECURITY, spreadOf, volumesOf } from './pod.ts';

/** What the chart opens by default and nobody here uses. */
const UNUSED = ['jaeger-compact', 'jaeger-thrift', 'jaeger-grpc', 'zipkin'] as const;

/** Values for the chart `opentelemetry-collector` of OpenTelemetry. */
export function helmValues(tier: Tier): object {
  const { name, runs, reached, replicas, grace } = tier;
  const onEveryNode = runs === 'on every node';
  const port = (id: keyof typeof PORTS) => ({
    enabled: true,
    containerPort: PORTS[id].port,
    servicePort: PORTS[id].port,
  });
  // Through the service, not through the node.
  const otlpPort = (id: keyof typeof PORTS) => ({ ...port(id), hostPort: null });
  const [otlp, own] = ingressOf(tier) as readonly [{ readonly from: readonly object[] }, object];
  return {
    // Labels and names as those of the plain manifests.
    nameOverride: name,
    fullnameOverride: name,
    mode: onEveryNode ? 'daemonset' : 'statefulset',
    image: IMAGE,
    ...(onEveryNode ? {} : { replicaCount: replicas }),
    // In the place of the chart's own configuration, which has receivers and a batch processor that are not wanted.
    alternateConfig: withPlainPorts(configurationOf(tier)),
    extraEnvs: environmentOf(tier),
    // GOMEMLIMIT is among them.
    useGOMEMLIMIT: false,
    ports: {
      otlp: otlpPort('otlp-grpc'),
      'otlp-http': otlpPort('otlp-http'),
      metrics: port('metrics'),
      ...Object.fromEntries(UNUSED.map((id) => [id, { enabled: false }])),
    },
    service: { enabled: true, ...SERVICE[reached] },
    serviceAccount: { automountServiceAccountToken: false },
    resources: resourcesOf(tier),
    securityContext: SECURITY,
    podSecurityContext: POD_SECURITY,
    terminationGracePeriodSeconds: grace,
    extraVolumes: volumesOf(tier),
    extraVolumeMounts: mountsOf(),
    ...(onEveryNode
      ? { tolerations: [{ operator: 'Exists', effect: 'NoSchedule' }] }
      : {
          statefulset: { volumeClaimTemplates: claimsOf(tier), podManagementPolicy: 'Parallel' },
          podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
          topologySpreadConstraints: spreadOf(tier),
        }),
    networkPolicy: { enabled: true, allowIngressFrom: otlp.from, extraIngressRules: [own] },
    // Needs the Prometheus operator.
    podMonitor: { enabled: false },
  };
}
