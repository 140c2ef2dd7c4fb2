import { createHash } from 'node:crypto';
import { textOf } from '../read-configuration.ts';
import {
  AGENT,
  GATEWAY,
  GATEWAYS_SCALED_OUT,
  IMAGE,
  LOAD_BALANCER,
  PORTS,
  SERVICE,
  type Tier,
  VENDOR_STATUS,
} from '../tiers.ts';
import {
  claimsOf,
  environmentOf,
  HEALTH,
  labelsOf,
  mountsOf,
  POD_SECURITY,
  resourcesOf,
  SECURITY,
  selectorOf,
  spreadOf,
  volumesOf,
} from './pod.ts';

const CONTAINER = 'otelcol';
const CONFIG_FOLDER = '/etc/otelcol/config';

/** Everything of one tier, as plain objects of Kubernetes. */
export function manifestsOf(tier: Tier): readonly object[] {
  const { name, files, runs, reached } = tier;
  const metadata = { name, labels: labelsOf(tier) };
  const data = Object.fromEntries(files.map((file) => [file, textOf(file)]));
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: {
        selector: selectorOf(tier),
        ports: (['otlp-grpc', 'otlp-http'] as const).map((port) => ({
          name: port,
          port: PORTS[port].port,
          targetPort: port,
          ...(port === 'otlp-grpc' ? { appProtocol: 'grpc' } : {}),
        })),
        ...SERVICE[reached],
      },
    },
    workload(tier, data),
    ...(runs === 'on every node'
      ? []
      : [
          {
            apiVersion: 'policy/v1',
            kind: 'PodDisruptionBudget',
            metadata,
            spec: { maxUnavailable: 1, selector: { matchLabels: selectorOf(tier) } },
          },
        ]),
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata,
      spec: { podSelector: { matchLabels: selectorOf(tier) }, policyTypes: ['Ingress'], ingress: ingressOf(tier) },
    },
  ];
}

/** A Collector in a pod, with the shipped files in a config map that is mounted as `config`. */
export const containerOf = (tier: Tier): object => ({
  name: CONTAINER,
  image: `${IMAGE.repository}:${IMAGE.tag}`,
  args: tier.files.flatMap((file) => ['--config', `${CONFIG_FOLDER}/${file}`]),
  env: [...environmentOf(tier), { name: 'LISTEN_HOST', value: '$(POD_IP)' }],
  ports: Object.entries(PORTS).map(([name, { port: containerPort }]) => ({ name, containerPort })),
  startupProbe: { ...HEALTH, periodSeconds: 2, failureThreshold: 60 },
  readinessProbe: { ...HEALTH, periodSeconds: 5 },
  livenessProbe: { ...HEALTH, periodSeconds: 10, failureThreshold: 6 },
  resources: resourcesOf(tier),
  securityContext: SECURITY,
  volumeMounts: [...mountsOf(), { name: 'config', mountPath: CONFIG_FOLDER, readOnly: true }],
});

function workload(tier: Tier, data: Readonly<Record<string, string>>): object {
  const { name, runs, replicas, grace } = tier;
  const template = {
    metadata: {
      labels: labelsOf(tier),
      // Another configuration is another pod.
      annotations: { 'checksum/config': createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 16) },
    },
    spec: {
      serviceAccountName: name,
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: grace,
      securityContext: POD_SECURITY,
      ...(runs === 'on every node'
        ? { tolerations: [{ operator: 'Exists', effect: 'NoSchedule' }] }
        : { topologySpreadConstraints: spreadOf(tier) }),
      containers: [containerOf(tier)],
      volumes: [...volumesOf(tier), { name: 'config', configMap: { name } }],
    },
  };
  const common = { selector: { matchLabels: selectorOf(tier) }, template };
  const metadata = { name, labels: labelsOf(tier) };
  return runs === 'on every node'
    ? {
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        metadata,
        spec: { ...common, updateStrategy: { rollingUpdate: { maxUnavailable: 1 } } },
      }
    : {
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        metadata,
        spec: {
          ...common,
          serviceName: name,
          replicas,
          podManagementPolicy: 'Parallel',
          volumeClaimTemplates: claimsOf(tier),
        },
      };
}

/** Whoever may send, and Prometheus, wherever it runs. */
export function ingressOf({ senders }: Tier): readonly object[] {
  const port = (name: keyof typeof PORTS) => ({ protocol: 'TCP', port: PORTS[name].port });
  return [
    {
      ...(senders === null
        ? { from: [{ namespaceSelector: {} }] }
        : { from: senders.map((name) => ({ podSelector: { matchLabels: selectorOf({ name }) } })) }),
      ports: [port('otlp-grpc'), port('otlp-http')],
    },
    {
      from: [{ namespaceSelector: {}, podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } } }],
      ports: [port('metrics')],
    },
  ];
}

/** What changes in the objects of the base where several gateways stand behind load balancers. */
export const scaledOut = (): readonly object[] => [
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: GATEWAY.name },
    spec: { replicas: GATEWAYS_SCALED_OUT },
  },
  ...[
    { kind: 'DaemonSet', name: AGENT.name },
    { kind: 'Deployment', name: VENDOR_STATUS.name },
  ].map(({ kind, name }) => ({
    apiVersion: 'apps/v1',
    kind,
    metadata: { name },
    spec: {
      template: {
        spec: {
          containers: [{ name: CONTAINER, env: [{ name: 'GATEWAY_ENDPOINT', value: `${LOAD_BALANCER.name}:4317` }] }],
        },
      },
    },
  })),
];
