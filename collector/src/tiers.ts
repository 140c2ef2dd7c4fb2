/** The Collectors that are deployed, and what differs between them; everything else is the same for all. */

export interface Tier {
  readonly name: string;
  /** In `collector/`, in their order. */
  readonly files: readonly string[];
  readonly about: string;
  readonly runs: 'on every node' | 'with a disk of its own';
  /** How senders reach it: the one of their own node, each by its own name, or any. */
  readonly reached: 'on the same node' | 'by name' | 'any';
  readonly replicas: number;
  /** Kubernetes secrets: the certificate, and the files with tokens. */
  readonly secrets: { readonly tls: string; readonly tokens: readonly string[] };
  readonly environment: Readonly<Record<string, string>>;
  /** As measured, see docs/deployment.md. */
  readonly resources: { readonly cpu: string; readonly memory: string; readonly goMemory: string };
  readonly disk: string;
  /** Seconds that it may take to send what it holds when it is told to end. */
  readonly grace: number;
  /** Names of pods that may send to it; `null` is all. */
  readonly senders: readonly string[] | null;
}

export const AGENT: Tier = {
  name: 'otel-agent',
  files: ['agent.yaml', 'masking.yaml'],
  about: 'Takes OTLP from the pods of its node, masks it, and keeps it until a gateway has it.',
  runs: 'on every node',
  reached: 'on the same node',
  replicas: 1,
  secrets: { tls: 'otel-agent-tls', tokens: ['otel-gateway-token'] },
  environment: { GATEWAY_ENDPOINT: 'otel-gateway:4317' },
  resources: { cpu: '100m', memory: '512Mi', goMemory: '409MiB' },
  disk: '2Gi',
  grace: 30,
  senders: null,
};

export const GATEWAY: Tier = {
  name: 'otel-gateway',
  files: ['gateway.yaml', 'masking.yaml'],
  about: 'Masks again, keeps every bad trace and a share of the healthy ones, and sends all three signals on.',
  runs: 'with a disk of its own',
  reached: 'by name',
  replicas: 1,
  secrets: { tls: 'otel-gateway-tls', tokens: ['otel-sender-tokens'] },
  environment: {
    TRACES_URL: 'http://tempo:4318',
    METRICS_URL: 'http://prometheus:9090/api/v1/otlp',
    LOGS_URL: 'http://loki:3100/otlp',
    HEALTHY_TRACES_PERCENT: '10',
  },
  resources: { cpu: '500m', memory: '2Gi', goMemory: '1638MiB' },
  disk: '10Gi',
  grace: 60,
  senders: ['otel-agent', 'otel-load-balancer', 'vendor-status'],
};

export const LOAD_BALANCER: Tier = {
  name: 'otel-load-balancer',
  files: ['load-balancer.yaml', 'masking.yaml'],
  about: 'In front of several gateways: sends all spans of a trace to the same one.',
  runs: 'with a disk of its own',
  reached: 'any',
  replicas: 2,
  secrets: { tls: 'otel-gateway-tls', tokens: ['otel-sender-tokens', 'otel-gateway-token'] },
  environment: { GATEWAYS: '[otel-gateway-0.otel-gateway:4317, otel-gateway-1.otel-gateway:4317]' },
  resources: { cpu: '500m', memory: '1Gi', goMemory: '819MiB' },
  disk: '5Gi',
  grace: 30,
  senders: ['otel-agent', 'vendor-status'],
};

/** Beside the poller of vendors' status pages, so that its series have one writer. */
export const VENDOR_STATUS: Tier = {
  ...AGENT,
  name: 'vendor-status',
  files: [...AGENT.files, 'vendor-status.yaml'],
  about: "Reads vendors' status pages, once for everybody, with a Collector of its own beside it.",
  resources: { cpu: '50m', memory: '256Mi', goMemory: '204MiB' },
  disk: '256Mi',
};

/** The two that one machine's worth of telemetry needs. */
export const TIERS: readonly Tier[] = [AGENT, GATEWAY];

/** The one that more needs, besides a second gateway. */
export const MORE_TIERS: readonly Tier[] = [LOAD_BALANCER];

export const GATEWAYS_SCALED_OUT = 2;

/** The Collector that everything here was run with. */
export const IMAGE = { repository: 'otel/opentelemetry-collector-contrib', tag: '0.155.0' } as const;

/** Ports, by the name that Kubernetes gives them; the variable is the one of the configurations. */
export const PORTS = {
  'otlp-grpc': { port: 4317, variable: 'OTLP_GRPC_PORT' },
  'otlp-http': { port: 4318, variable: 'OTLP_HTTP_PORT' },
  health: { port: 13_133, variable: 'HEALTH_PORT' },
  metrics: { port: 8888, variable: 'SELF_METRICS_PORT' },
} as const;

/** Fields of a service, by how its tier is reached. */
export const SERVICE = {
  'on the same node': { internalTrafficPolicy: 'Local' },
  'by name': { clusterIP: 'None' },
  any: {},
} as const satisfies Readonly<Record<Tier['reached'], object>>;

export const TLS_FOLDER = '/etc/otelcol/tls';
export const SECRETS_FOLDER = '/etc/otelcol/secrets';
export const QUEUE_FOLDER = '/var/lib/otelcol/queue';
/** Of the image's own user. */
export const USER = 10_001;
