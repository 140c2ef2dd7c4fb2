import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { PROGRAMS } from '../../tools/programs/programs.ts';
import { generatedFiles } from '../src/generated-files.ts';
import { configurationOf } from '../src/read-configuration.ts';
import { IMAGE, MORE_TIERS, PORTS, TIERS } from '../src/tiers.ts';

/** What is deployed is what is shipped and tested: the same configuration, whoever carries it. */

const FOLDER = new URL('../', import.meta.url);
const shipped = (file: string): string => readFileSync(new URL(file, FOLDER), 'utf8');
const FILES = generatedFiles();

interface KubernetesObject {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
}

const objectsIn = (path: string): readonly KubernetesObject[] =>
  parseAllDocuments(FILES[path] ?? '').map((document) => document.toJS() as KubernetesObject);

const ALL = [
  ...TIERS.map((tier) => ({ ...tier, folder: 'kubernetes/base' })),
  ...MORE_TIERS.map((tier) => ({ ...tier, folder: 'kubernetes/several-gateways' })),
];

test('the Collector that is deployed is the release that tests run', () => {
  expect(IMAGE.tag).toBe(PROGRAMS.otelcol.go.release);
});

test("Prometheus' operator gets the alerts of alerts.yaml, all of them and as they are", () => {
  const { kind, spec } = parse(FILES['kubernetes/prometheus-rule.yaml'] ?? '') as { kind: string; spec: object };
  expect(kind).toBe('PrometheusRule');
  expect(spec).toEqual(parse(shipped('alerts.yaml')));
  expect(JSON.stringify(spec)).toContain('CollectorQueueFull');
});

describe.each(ALL.map((tier) => ({ ...tier, short: tier.name.replace('otel-', '') })))('$name', (tier) => {
  const { short, secrets, files, folder } = tier;
  const carried = {
    operator: (parse(FILES[`operator/${short}.yaml`] ?? '') as { spec: { config: object } }).spec.config,
    helm: (parse(FILES[`helm/${short}.values.yaml`] ?? '') as { alternateConfig: object }).alternateConfig,
  };

  test('its config map holds the shipped files, to the letter', () => {
    const map = objectsIn(`${folder}/${short}.yaml`).find(({ kind }) => kind === 'ConfigMap');
    expect(map?.data).toEqual(Object.fromEntries(files.map((file) => [file, shipped(file)])));
  });

  test.each(['operator', 'helm'] as const)(
    'the configuration for %s is the shipped one but for its addresses',
    (way) => {
      const expected = JSON.stringify(configurationOf(tier))
        .replaceAll('${env:LISTEN_HOST:-127.0.0.1}', '${env:POD_IP}')
        .replaceAll(/"\$\{env:\w+_PORT:-(\d+)\}"/g, '$1')
        .replaceAll(/\$\{env:\w+_PORT:-(\d+)\}/g, '$1');
      expect(carried[way]).toEqual(JSON.parse(expected));
      expect(expected).toContain(`\${env:POD_IP}:${PORTS['otlp-grpc'].port}`);
    },
  );

  test('every variable of its configuration that has no default is set', () => {
    const used = files.flatMap((file) =>
      [...shipped(file).matchAll(/\$\{env:(\w+)\}/g)].map(([, variable]) => variable),
    );
    expect(used).toEqual([]);
    expect(JSON.stringify(carried)).not.toMatch(/\$\{env:(LISTEN_HOST|\w+_PORT)/);
  });

  test('runs as nobody, reads its own files alone, and has no limit of processor time', () => {
    const workload = JSON.stringify(objectsIn(`${folder}/${short}.yaml`).find(({ kind }) => kind.endsWith('Set')));
    for (const part of [
      '"runAsNonRoot":true',
      '"readOnlyRootFilesystem":true',
      '"allowPrivilegeEscalation":false',
      '"drop":["ALL"]',
      '"automountServiceAccountToken":false',
    ])
      expect(workload).toContain(part);
    expect(workload).not.toMatch(/"limits":\{[^}]*"cpu"|hostPath|hostNetwork|latest/);
  });

  test('holds no secret, only names of secrets', () => {
    const kinds = objectsIn(`${folder}/${short}.yaml`).map(({ kind }) => kind);
    expect(kinds).not.toContain('Secret');
    expect(FILES[`${folder}/${short}.yaml`]).toContain(`secretName: ${secrets.tls}`);
  });
});
