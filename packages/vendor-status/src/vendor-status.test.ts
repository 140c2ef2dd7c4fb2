import { ATTRIBUTE, METRICS } from '@brownout/signals';
import { describe, expect, it } from 'vitest';
import { runCommand } from './command/run-command.ts';
import { exportMetrics } from './export-metrics.ts';
import { pollDelay } from './poll-delay.ts';
import { INCIDENT, serve, summary } from './testing/status-page.ts';
import { watchVendor } from './vendor-watch.ts';
import type { Vendor } from './vendors.ts';

const vendorAt = (url: string): Vendor => ({
  name: 'anthropic',
  providerName: 'anthropic',
  url,
  components: ['Claude API'],
});

interface Point {
  readonly asInt?: number;
  readonly asDouble?: number;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue: string } }[];
}
interface Payload {
  readonly resourceMetrics: readonly {
    readonly scopeMetrics: readonly {
      readonly metrics: readonly { readonly name: string; readonly gauge: { readonly dataPoints: readonly Point[] } }[];
    }[];
  }[];
}

const page = (body: string, type = 'application/json') =>
  serve((_request, response) => void response.writeHead(200, { 'content-type': type }).end(body));

async function run(args: readonly string[], url: string) {
  let output = '';
  const terminal = {
    write: (text: string) => void (output += text),
    complain: () => {},
    interrupted: Promise.resolve(),
  };
  return { code: await runCommand(args, terminal, [vendorAt(url)]), output };
}

describe('vendor status', () => {
  it('sends the status of the components that back the API, the open incidents and the time over OTLP', async () => {
    const bodies: string[] = [];
    await using receiver = await serve((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => void (body += chunk.toString()));
      request.on('end', () => {
        bodies.push(body);
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    });
    await using status = await page(JSON.stringify(summary('partial_outage', [INCIDENT])));
    const watch = watchVendor(vendorAt(status.url), () => 5_000);
    await watch.poll();
    const metrics = exportMetrics([watch], `${receiver.url}/v1/metrics`);
    await metrics.flush();
    await metrics.close();

    const sent = (JSON.parse(bodies[0] ?? '') as Payload).resourceMetrics[0]?.scopeMetrics[0]?.metrics ?? [];
    const points = (name: string) =>
      (sent.find((metric) => metric.name === name)?.gauge.dataPoints ?? []).map(({ asInt, asDouble, attributes }) => ({
        value: asInt ?? asDouble,
        ...Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue])),
      }));
    const vendor = { [ATTRIBUTE.vendor]: 'anthropic', [ATTRIBUTE.providerName]: 'anthropic' };
    expect(points(METRICS.vendorStatus.name)).toEqual([
      { value: 2, ...vendor, [ATTRIBUTE.vendorComponent]: 'Claude API (api.anthropic.com)' },
    ]);
    expect(points(METRICS.vendorIncidents.name)).toContainEqual({
      value: 1,
      ...vendor,
      [ATTRIBUTE.vendorImpact]: 'none',
    });
    expect(points(METRICS.vendorLastSuccess.name)).toEqual([{ value: 5, [ATTRIBUTE.vendor]: 'anthropic' }]);
  });

  const whole = JSON.stringify(summary('operational'));
  it.each([
    ['HTML', '<html></html>', 'text/html', 'content-type: text/html'],
    ['HTML that calls itself JSON', '<html></html>', 'application/json', 'body: it is not JSON'],
    ['a truncated page', whole.slice(0, -20), 'application/json', 'body: it is not JSON'],
    ['an empty body', '', 'application/json', 'body: it is not JSON'],
    ['a page of 5 MB', `"${'x'.repeat(5_000_000)}"`, 'application/json', 'body: it is larger than'],
    ['a status of no known name', JSON.stringify(summary('fabulous')), 'application/json', 'components.1.status'],
    ['a page without the component', '{"components":[]}', 'application/json', 'none is named "Claude API"'],
    [
      'an incident without an impact',
      JSON.stringify(summary('operational', [{ ...INCIDENT, impact: undefined }])),
      'application/json',
      'incidents.0.impact',
    ],
  ])('calls the status unknown for %s, and says why', async (_name, body, type, problem) => {
    await using status = await page(body, type);
    const watch = watchVendor(vendorAt(status.url));
    await watch.poll();
    expect(watch.knowledge).toEqual({ kind: 'unknown', problems: [expect.stringContaining(problem)] });
    expect(watch.lastSuccess).toBeNull();
  });

  it('asks with the ETag that it was given, takes 304 as understood, and forgets the status when the page fails', async () => {
    const asked: unknown[] = [];
    await using status = await serve((request, response) => {
      asked.push(request.headers['if-none-match']);
      if (asked.length === 1) response.writeHead(200, { 'content-type': 'application/json', etag: '"1"' }).end(whole);
      else response.writeHead(asked.length === 2 ? 304 : 503).end();
    });
    let now = 1_000;
    const watch = watchVendor(vendorAt(status.url), () => now);
    await watch.poll();
    now = 2_000;
    await watch.poll();
    expect(watch).toMatchObject({ knowledge: { kind: 'known' }, lastSuccess: 2 });
    now = 3_000;
    await watch.poll();
    expect(watch).toMatchObject({ knowledge: { kind: 'unknown' }, lastSuccess: 2, failures: 1 });
    expect(asked).toEqual([undefined, '"1"', '"1"']);
  });

  it('reads UTF-16 with a byte-order mark', async () => {
    const body = Buffer.from(`\uFEFF${whole}`, 'utf16le').swap16();
    await using status = await serve(
      (_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(body),
    );
    const watch = watchVendor(vendorAt(status.url));
    await watch.poll();
    expect(watch.knowledge.kind).toBe('known');
  });

  it.each([
    ['operational', [], 0],
    ['major_outage', [], 1],
    ['operational', [INCIDENT], 1],
    ['fabulous', [], 2],
  ])('check: %s with incidents %j exits with %i', async (status, incidents, code) => {
    await using site = await page(JSON.stringify(summary(status, incidents)));
    expect((await run(['check', 'anthropic'], site.url)).code).toBe(code);
  });

  it('once still prints the other vendors where the page of one is down', async () => {
    await using site = await page(whole);
    await using down = await serve((_request, response) => void response.destroy());
    let output = '';
    const terminal = {
      write: (text: string) => void (output += text),
      complain: () => {},
      interrupted: Promise.resolve(),
    };
    const vendors = [{ ...vendorAt(down.url), name: 'openai' }, vendorAt(site.url)];
    expect(await runCommand(['once', '--json'], terminal, vendors)).toBe(0);
    expect(JSON.parse(output)).toMatchObject([
      { vendor: 'openai', kind: 'unknown' },
      { vendor: 'anthropic', kind: 'known' },
    ]);
  });

  it('once prints a table of what the page says', async () => {
    await using site = await page(JSON.stringify(summary('degraded_performance', [INCIDENT])));
    const { output } = await run(['once'], site.url);
    expect(output).toContain('Claude API (api.anthropic.com)');
    expect(output).toContain('degraded');
    expect(output).toContain('Elevated errors');
  });

  it('waits a minute, half of it during an incident, longer after failures, never more than 15 minutes ± 20 %', () => {
    expect(pollDelay(0, false, 0.5)).toBe(60_000);
    expect(pollDelay(0, true, 0.5)).toBe(30_000);
    expect(pollDelay(2, false, 0.5)).toBe(240_000);
    expect(pollDelay(50, false, 1)).toBeCloseTo(1_080_000);
  });
});
