import { PORTS, QUEUE_FOLDER, SECRETS_FOLDER, TLS_FOLDER, USER, type Tier } from '../tiers.ts';

/** What a Collector's pod is made of, whoever writes it down: a manifest, the operator's resource or the chart's values. */

export const labelsOf = ({ name }: Pick<Tier, 'name'>) => ({
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/part-of': 'brownout',
});

export const selectorOf = ({ name }: Pick<Tier, 'name'>) => ({ 'app.kubernetes.io/name': name });

const POD_IP = { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } } as const;

/** Counters of a Collector go on in their series when it is back: a pod of a StatefulSet keeps its name. */
const INSTANCE_ID = { name: 'INSTANCE_ID', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } } as const;

/** Neither the operator nor the chart is told the memory limit: Go has to stay below it. */
export const environmentOf = ({ environment, resources }: Tier) => [
  POD_IP,
  INSTANCE_ID,
  { name: 'GOMEMLIMIT', value: resources.goMemory },
  ...Object.entries(environment).map(([name, value]) => ({ name, value })),
];

export const resourcesOf = ({ resources: { cpu, memory } }: Tier) => ({
  // No limit of processor time: a throttled Collector refuses data.
  requests: { cpu, memory },
  limits: { memory },
});

/** Of the container. */
export const SECURITY = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  runAsUser: USER,
  runAsGroup: USER,
} as const;

export const POD_SECURITY = { fsGroup: USER, seccompProfile: { type: 'RuntimeDefault' } } as const;

export const mountsOf = () => [
  { name: 'queue', mountPath: QUEUE_FOLDER },
  { name: 'tls', mountPath: TLS_FOLDER, readOnly: true },
  { name: 'tokens', mountPath: SECRETS_FOLDER, readOnly: true },
];

/** All but the disk of a tier that has one of its own. */
export const volumesOf = ({ secrets, runs, disk }: Tier) => [
  ...(runs === 'on every node' ? [{ name: 'queue', emptyDir: { sizeLimit: disk } }] : []),
  { name: 'tls', secret: { secretName: secrets.tls, defaultMode: 0o440 } },
  {
    name: 'tokens',
    projected: { defaultMode: 0o440, sources: secrets.tokens.map((name) => ({ secret: { name } })) },
  },
];

export const claimsOf = ({ disk }: Tier) => [
  {
    metadata: { name: 'queue' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: disk } } },
  },
];

export const spreadOf = (tier: Tier) => [
  {
    maxSkew: 1,
    topologyKey: 'kubernetes.io/hostname',
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: selectorOf(tier) },
  },
];

export const HEALTH = { httpGet: { path: '/', port: PORTS.health.port } } as const;
