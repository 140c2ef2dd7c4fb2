import { ATTRIBUTE, EVENTS, METRICS } from '@brownout/signals';
import { expect, it } from 'vitest';
import { startExport } from './command/start-export.ts';
import { emitChange } from './emit-change.ts';
import { observeMetrics } from './observe-metrics.ts';
import { receiveOtlp } from './testing/otlp-receiver.ts';
import { INCIDENT, servePage, statuspage, vendorAt } from './testing/status-page.ts';
import { watchVendor } from './vendor-watch.ts';

const VENDOR = { [ATTRIBUTE.vendor]: 'anthropic', [ATTRIBUTE.providerName]: 'anthropic' };

it('sends status, open incidents and the time of the poll over OTLP, and each change of an incident as an event', async () => {
  await using receiver = await receiveOtlp();
  await using page = await servePage(statuspage('partial_outage', [INCIDENT]));
  const vendor = vendorAt(page.url);
  const watch = watchVendor(vendor, () => 5_000);
  const exported = startExport({ url: receiver.url });
  observeMetrics(exported.meterProvider.getMeter('test'), [watch]);
  const logger = exported.loggerProvider.getLogger('test');
  for (const change of await watch.poll()) emitChange(logger, vendor, change);
  await exported.flush();
  await exported.close();

  expect(receiver.points(METRICS.vendorStatus.name)).toContainEqual({
    value: 2,
    ...VENDOR,
    [ATTRIBUTE.vendorComponent]: 'Claude API (api.anthropic.com)',
  });
  expect(receiver.points(METRICS.vendorIncidents.name)).toContainEqual({
    value: 1,
    ...VENDOR,
    [ATTRIBUTE.vendorImpact]: 'none',
  });
  expect(receiver.points(METRICS.vendorIncidents.name)).toContainEqual({
    value: 0,
    ...VENDOR,
    [ATTRIBUTE.vendorImpact]: 'critical',
  });
  expect(receiver.points(METRICS.vendorLastSuccess.name)).toContainEqual({ value: 5, [ATTRIBUTE.vendor]: 'anthropic' });
  const [event, ...others] = receiver.events(EVENTS.vendorIncident.name);
  expect(others).toEqual([]);
  expect(event).toEqual({
    ...VENDOR,
    [ATTRIBUTE.vendorImpact]: 'none',
    [ATTRIBUTE.vendorIncidentChange]: 'opened',
    [ATTRIBUTE.vendorIncidentId]: 'i1',
    [ATTRIBUTE.vendorIncidentName]: 'Elevated errors on Claude Sonnet 5',
    [ATTRIBUTE.vendorIncidentStatus]: 'investigating',
    [ATTRIBUTE.vendorIncidentUrl]: 'https://status.example/i1',
    [ATTRIBUTE.vendorIncidentComponents]: ['Claude API (api.anthropic.com)'],
    [ATTRIBUTE.vendorIncidentModels]: ['claude-sonnet-5'],
    [ATTRIBUTE.vendorIncidentStarted]: Date.parse('2026-11-02T10:00:00Z') / 1000,
    [ATTRIBUTE.vendorIncidentPosted]: Date.parse('2026-11-02T10:20:00Z') / 1000,
    [ATTRIBUTE.vendorIncidentUpdated]: Date.parse('2026-11-02T10:20:00Z') / 1000,
    [ATTRIBUTE.vendorIncidentFirstSeen]: 5,
  });
});

it('sends no status and no incidents of a page that is not understood', async () => {
  await using receiver = await receiveOtlp();
  await using page = await servePage({});
  const watch = watchVendor(vendorAt(page.url));
  const exported = startExport({ url: receiver.url });
  observeMetrics(exported.meterProvider.getMeter('test'), [watch]);
  await watch.poll();
  await exported.flush();
  await exported.close();
  for (const { name } of [METRICS.vendorStatus, METRICS.vendorIncidents, METRICS.vendorLastSuccess]) {
    expect(receiver.points(name)).toEqual([]);
  }
});

it('takes the status of a page back when it is not understood any more, and lets its last success age', async () => {
  await using receiver = await receiveOtlp();
  await using page = await servePage(statuspage());
  let now = 5_000;
  const watch = watchVendor(vendorAt(page.url), () => now);
  const exported = startExport({ url: receiver.url });
  observeMetrics(exported.meterProvider.getMeter('test'), [watch]);
  await watch.poll();
  await exported.flush();
  now = 65_000;
  page.change({ '/api/v2/summary.json': 'maintenance' });
  await watch.poll();
  const before = [METRICS.vendorStatus, METRICS.vendorIncidents].map(({ name }) => receiver.points(name).length);
  await exported.flush();
  const after = [METRICS.vendorStatus, METRICS.vendorIncidents].map(({ name }) => receiver.points(name).length);
  await exported.close();
  expect(before[0]).toBe(1);
  expect(after).toEqual(before);
  expect(receiver.points(METRICS.vendorLastSuccess.name).at(-1)).toMatchObject({ value: 5 });
});
