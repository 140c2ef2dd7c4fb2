import { textOf } from '../read-configuration.ts';
import { VENDOR_STATUS } from '../tiers.ts';
import { containerOf, ingressOf } from './manifests.ts';
import { labelsOf, POD_SECURITY, SECURITY, selectorOf, volumesOf } from './pod.ts';

const { name: NAME, files: FILES, grace: GRACE } = VENDOR_STATUS;
const PORT = 8080;
/** Of the image's user `node`. */
const USER = 1000;

/** One poller of vendors' status pages for the whole cluster, and the Collector beside it. */
export function vendorStatusManifests(): readonly object[] {
  const metadata = { name: NAME, labels: labelsOf(VENDOR_STATUS) };
  const selector = selectorOf(VENDOR_STATUS);
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
      data: Object.fromEntries(FILES.map((file) => [file, textOf(file)])),
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        replicas: 1,
        // Two would be two writers of the same series.
        strategy: { type: 'Recreate' },
        selector: { matchLabels: selector },
        template: {
          metadata: { labels: labelsOf(VENDOR_STATUS) },
          spec: {
            serviceAccountName: NAME,
            automountServiceAccountToken: false,
            terminationGracePeriodSeconds: GRACE,
            securityContext: POD_SECURITY,
            containers: [
              {
                name: 'poller',
                image: 'registry.example.com/brownout-vendor-status:0.1.0',
                args: ['run', '--health-port', String(PORT)],
                env: [
                  { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
                  { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: 'http://$(POD_IP):4318' },
                ],
                ports: [{ name: 'poller-health', containerPort: PORT }],
                livenessProbe: { httpGet: { path: '/healthz', port: PORT }, periodSeconds: 20 },
                resources: { requests: { cpu: '20m', memory: '128Mi' }, limits: { memory: '128Mi' } },
                securityContext: { ...SECURITY, runAsUser: USER, runAsGroup: USER },
              },
              containerOf(VENDOR_STATUS),
            ],
            volumes: [...volumesOf(VENDOR_STATUS), { name: 'config', configMap: { name: NAME } }],
          },
        },
      },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata,
      // Nobody has to reach it but the kubelet, and Prometheus.
      spec: {
        podSelector: { matchLabels: selector },
        policyTypes: ['Ingress'],
        ingress: ingressOf({ ...VENDOR_STATUS, senders: [] }).slice(1),
      },
    },
  ];
}
