import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { hasExporter, validate } from './support/collector.ts';

const balances = await hasExporter('load_balancing');

test.for(['agent.yaml', 'gateway.yaml', 'load-balancer.yaml'])(
  '%s with masking.yaml is valid',
  async (file, context) => {
    // Where the module could not be had; the contrib distribution has it.
    if (file === 'load-balancer.yaml' && !balances) context.skip('this otelcol has no load_balancing exporter');
    expect(await validate({ files: [file, 'masking.yaml'] })).toBe('');
  },
);

const OVERLAYS = globSync('overlays/*.yaml', { cwd: fileURLToPath(new URL('../../collector/', import.meta.url)) });

/** Each overlay alone, each two in either order, and all. */
const COMBINATIONS = [
  ...OVERLAYS.flatMap((one) => OVERLAYS.map((other) => (one === other ? [one] : [one, other]))),
  OVERLAYS,
].map((overlays) => ({ names: overlays.join(', '), overlays }));

test('vendor-status.yaml over agent.yaml is valid', async () => {
  expect(await validate({ files: ['agent.yaml', 'masking.yaml', 'vendor-status.yaml'] })).toBe('');
});

test.each(COMBINATIONS)('gateway.yaml is valid under $names', async ({ overlays }) => {
  const environment = {
    TEMPO_TENANT: 'team',
    VENDOR_URL: 'https://otlp.example.com',
    VENDOR_AUTHORIZATION: 'Bearer x',
  };
  expect(await validate({ files: ['gateway.yaml', 'masking.yaml', ...overlays], environment })).toBe('');
});

test.each(['agent.yaml', 'gateway.yaml'])('%s does not start without masking.yaml', async (file) => {
  expect(await validate({ files: [file] })).toMatch(/references processor "\S+" which is not configured/);
});

test('a mistake is seen: what is valid was looked at', async () => {
  const set = { 'processors.memory_limiter.limit': '1' };
  expect(await validate({ files: ['agent.yaml', 'masking.yaml'], set })).toContain('invalid keys: limit');
});
