import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ATTRIBUTE, EVENTS, METRICS } from '@brownout/signals';
import { diag } from '@opentelemetry/api';
import { expect, it } from 'vitest';
import { startExport } from './command/start-export.ts';
import type { VendorName } from './vendors.ts';
import { startVendorStatus } from './start-vendor-status.ts';
import { receiveOtlp } from './testing/otlp-receiver.ts';
import { INCIDENT, serve, servePage, statuspage, vendorAt } from './testing/status-page.ts';

it("polls with the application's providers, and takes its metrics back when it stops", async () => {
  await using receiver = await receiveOtlp();
  await using page = await servePage(statuspage('degraded_performance', [INCIDENT]));
  const exported = startExport({ url: receiver.url });
  const polling = startVendorStatus({ ...exported, vendors: [vendorAt(page.url)] });
  await expect
    .poll(async () => {
      await exported.flush();
      return receiver.points(METRICS.vendorStatus.name);
    })
    .toContainEqual(expect.objectContaining({ value: 1, [ATTRIBUTE.vendor]: 'anthropic' }));
  expect(receiver.events(EVENTS.vendorIncident.name)).toHaveLength(1);
  polling.stop();
  const before = receiver.points(METRICS.vendorStatus.name).length;
  await exported.close();
  expect(receiver.points(METRICS.vendorStatus.name)).toHaveLength(before);
});

it('does not keep a process alive, not even while a page does not answer', async () => {
  let asked: () => void = () => {};
  const asking = new Promise<void>((resolve) => (asked = resolve));
  // Answers neither of the documents.
  await using silent = await serve(() => asked());
  const program = `
    const { startVendorStatus } = await import(${JSON.stringify(new URL('index.ts', import.meta.url).href)});
    startVendorStatus({ vendors: [${JSON.stringify(vendorAt(silent.url))}] });
    process.stdin.on('data', () => process.stdin.destroy());`;
  const child = spawn(process.execPath, ['--conditions=brownout-source', '--input-type=module', '-e', program]);
  const began = asking.then(() => performance.now());
  const exit = once(child, 'exit');
  const askedAt = await began;
  child.stdin.write('that was all');
  expect((await exit)[0]).toBe(0);
  // The request itself would have had 10 s.
  expect(performance.now() - askedAt).toBeLessThan(5_000);
});

it('leaves a name that is not known out, and says so', () => {
  const warnings: string[] = [];
  const silent = () => {};
  diag.setLogger({
    error: silent,
    warn: (text) => void warnings.push(text),
    info: silent,
    debug: silent,
    verbose: silent,
  });
  startVendorStatus({ vendors: ['opnai' as VendorName] }).stop();
  diag.disable();
  expect(warnings).toEqual([expect.stringContaining('there is no vendor "opnai"')]);
});
