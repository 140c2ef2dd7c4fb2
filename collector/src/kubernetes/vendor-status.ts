import { POD_SECURITY, SECURITY } from './pod.ts';

const NAME = 'vendor-status';
const PORT = 8080;
/** Of the image's user `node`. */
const USER = 1000;
const LABELS = { 'app.kubernetes.io/name': NAME, 'app.kubernetes.io/part-of': 'brownout' } as const;

/** One poller of vendors' status pages for the whole cluster. */
export function vendorStatusManifests(): readonly object[] {
  const metadata = { name: NAME, labels: LABELS };
  const selector = { 'app.kubernetes.io/name': NAME };
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        replicas: 1,
        // Two would count every page twice.
        strategy: { type: 'Recreate' },
        selector: { matchLabels: selector },
        template: {
          metadata: { labels: LABELS },
          spec: {
            serviceAccountName: NAME,
            automountServiceAccountToken: false,
            securityContext: POD_SECURITY,
            containers: [
              {
                name: NAME,
                image: 'registry.example.com/brownout-vendor-status:0.1.0',
                args: ['run', '--health-port', String(PORT)],
                env: [{ name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: 'http://otel-agent:4318' }],
                ports: [{ name: 'health', containerPort: PORT }],
                livenessProbe: { httpGet: { path: '/healthz', port: 'health' }, periodSeconds: 20 },
                resources: { requests: { cpu: '20m', memory: '128Mi' }, limits: { memory: '128Mi' } },
                securityContext: { ...SECURITY, runAsUser: USER, runAsGroup: USER },
              },
            ],
          },
        },
      },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata,
      // Nobody has to reach it but the kubelet.
      spec: { podSelector: { matchLabels: selector }, policyTypes: ['Ingress'], ingress: [] },
    },
  ];
}
