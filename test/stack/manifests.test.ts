import { execFile } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { validate } from './support/collector.ts';
import { getValidator } from './support/validate-manifests.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'manifests-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const isThere = (program: string): Promise<boolean> => run(program, ['--help']).then(Boolean, () => false);

const validator = await getValidator();
const reason = typeof validator === 'string' ? validator : '';
describe.skipIf(typeof validator === 'string')(`manifests, by the published schemas ${reason}`, () => {
  const schemas = validator as Exclude<typeof validator, string>;
  afterAll(() => schemas[Symbol.asyncDispose]());

  test('all of them are valid', async () => {
    const files = [
      ...globSync('collector/kubernetes/**/*.yaml', { cwd: ROOT }).filter(
        (file) => !file.endsWith('kustomization.yaml'),
      ),
      ...globSync('collector/operator/*.yaml', { cwd: ROOT }),
      ...globSync('dashboards/kubernetes/**/*.yaml', { cwd: ROOT }),
    ];
    expect(files.length).toBeGreaterThan(10);
    expect(await schemas.validate(files.map((file) => join(ROOT, file)))).toEqual({});
  });

  test.each([
    ['collector/kubernetes/base/gateway.yaml', 'volumeClaimTemplates', 'volumeClaims'],
    ['collector/kubernetes/pod-monitors.yaml', 'podMetricsEndpoints', 'endpoints'],
    ['collector/kubernetes/prometheus-rule.yaml', 'for: 10m', 'for: long'],
    ['collector/operator/gateway.yaml', 'mode: statefulset', 'mode: replicaset'],
    ['collector/operator/instrumentation.yaml', 'volumeLimitSize', 'volumeSizeLimit'],
    ['dashboards/kubernetes/prometheus-rule.yaml', 'keep_firing_for: 5m', 'keep_firing_for: long'],
  ])('a mistake in %s is seen: it was looked at', async (file, right, wrong) => {
    expect(await schemas.validateText(read(file).replace(right, wrong))).not.toBe('');
  });
});

const hasKubectl = await isThere('kubectl');
if (!hasKubectl) console.error('kustomizations are not built: there is no kubectl');
test.skipIf(!hasKubectl).each(globSync('collector/kubernetes/**/kustomization.yaml', { cwd: ROOT }))(
  '%s can be built',
  async (file) => {
    const { stdout } = await run('kubectl', ['kustomize', join(ROOT, file, '..')]);
    expect(stdout).toContain('namespace: observability');
  },
);

/** The Collector that tests build lacks the exporter of the load balancer: see collector/README.md. */
function isRunnable(file: string): boolean {
  return !file.includes('load-balancer');
}

/** Where each way of deployment carries the Collector's configuration. */
const CARRIED = [
  ...globSync('collector/operator/*.yaml', { cwd: ROOT })
    .filter((file) => !file.includes('instrumentation'))
    .filter(isRunnable)
    .map((file) => ({ file, of: (content: Carried) => content.spec?.config })),
  ...globSync('collector/helm/*.yaml', { cwd: ROOT })
    .filter(isRunnable)
    .map((file) => ({
      file,
      of: (content: Carried) => content.alternateConfig,
    })),
];

interface Carried {
  readonly spec?: { readonly config: object };
  readonly alternateConfig?: object;
}

test.each(CARRIED)('the Collector takes the configuration in $file', async ({ file, of }) => {
  const configuration = join(folder, 'configuration.yaml');
  writeFileSync(configuration, JSON.stringify(of(parse(read(file)) as Carried)));
  expect(await validate({ files: [configuration], environment: { POD_IP: '127.0.0.1' } })).toBe('');
});

const hasSystemd = await isThere('systemd-analyze');
if (!hasSystemd) console.error('units are not verified: there is no systemd-analyze');
describe.skipIf(!hasSystemd)('the units of systemd', () => {
  const units = globSync('collector/systemd/*.service', { cwd: ROOT }).map((file) => join(ROOT, file));

  test('have nothing wrong', async () => {
    // The programs that they start are not installed here.
    const copies = units.map((unit) => {
      const copy = join(folder, basename(unit));
      writeFileSync(copy, readFileSync(unit, 'utf8').replaceAll(/\/usr\/local\/bin\/\S+/g, '/bin/true'));
      return copy;
    });
    expect(await run('systemd-analyze', ['verify', '--man=no', ...copies])).toEqual({ stdout: '', stderr: '' });
  });

  test('may do hardly anything', async () => {
    const { stdout } = await run('systemd-analyze', ['security', '--offline=true', '--threshold=20', ...units]);
    expect(stdout.match(/exposure level for .*: 1\.\d OK/g)).toHaveLength(units.length);
  });
});
