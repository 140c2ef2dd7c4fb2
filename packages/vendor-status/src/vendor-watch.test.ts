import { describe, expect, it } from 'vitest';
import { DEFAULT_PACE_MS, pollDelay } from './poll-delay.ts';
import { INCIDENT, INCIDENTS, servePage, statuspage, SUMMARY, vendorAt } from './testing/status-page.ts';
import { watchVendor } from './vendor-watch.ts';

const whole = statuspage();

describe('a watched page', () => {
  it.each([
    ['HTML', '<html></html>', 'text/html', 'content-type: text/html'],
    ['HTML that calls itself JSON', '<html></html>', 'application/json', 'body: it is not JSON'],
    ['a truncated page', whole[SUMMARY].slice(0, -20), 'application/json', 'body: it is not JSON'],
    ['an empty body', '', 'application/json', 'body: it is not JSON'],
    ['a page of 5 MB', `"${'x'.repeat(5_000_000)}"`, 'application/json', 'body: it is larger than'],
    ['a status of no known name', statuspage('fabulous')[SUMMARY], 'application/json', 'components.1.status'],
    ['a page without the component', '{"components":[]}', 'application/json', 'none is named "Claude API"'],
  ])('is unknown for %s, and says why', async (_name, body, type, problem) => {
    const listener = (_: unknown, response: import('node:http').ServerResponse) =>
      void response.writeHead(200, { 'content-type': type }).end(body);
    await using page = await servePage({ ...whole, [SUMMARY]: listener });
    const watch = watchVendor(vendorAt(page.url));
    expect(await watch.poll()).toEqual([]);
    expect(watch.knowledge).toEqual({ kind: 'unknown', problems: [expect.stringContaining(problem)] });
    expect(watch.lastSuccess).toBeNull();
  });

  it('is unknown where one of its documents cannot be read', async () => {
    await using page = await servePage({ ...whole, [INCIDENTS]: '{"incidents":[{"id":"a","name":"b","status":"c"}]}' });
    const watch = watchVendor(vendorAt(page.url));
    await watch.poll();
    expect(watch.knowledge).toEqual({
      kind: 'unknown',
      problems: [expect.stringContaining(`${INCIDENTS} incidents.0.impact: `)],
    });
  });

  it('is asked with the ETag that it gave, takes 304 as understood, and is unknown again when it fails', async () => {
    const asked: unknown[] = [];
    await using page = await servePage({
      ...whole,
      [SUMMARY]: (request, response) => {
        asked.push(request.headers['if-none-match']);
        if (asked.length === 1)
          response.writeHead(200, { 'content-type': 'application/json', etag: '"1"' }).end(whole[SUMMARY]);
        else response.writeHead(asked.length === 2 ? 304 : 503).end();
      },
    });
    let now = 1_000;
    const watch = watchVendor(vendorAt(page.url), () => now);
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
    const body = Buffer.from(`\uFEFF${whole[SUMMARY]}`, 'utf16le').swap16();
    await using page = await servePage({ ...whole, [SUMMARY]: body });
    const watch = watchVendor(vendorAt(page.url));
    await watch.poll();
    expect(watch.knowledge.kind).toBe('known');
  });

  it('is unknown where it has to be written anew often and was not, or has no date', async () => {
    const written = JSON.parse(whole[SUMMARY]) as object;
    const dated = (time: string | null) => JSON.stringify({ ...written, page: { updated_at: time } });
    await using page = await servePage(whole);
    const noon = Date.parse('2026-11-02T12:00:00Z');
    const watch = watchVendor({ ...vendorAt(page.url), staleAfterMs: 600_000 }, () => noon);
    page.change({ [SUMMARY]: dated('2026-11-02T11:55:00Z') });
    await watch.poll();
    expect(watch.knowledge.kind).toBe('known');
    page.change({ [SUMMARY]: dated('2026-11-02T11:00:00Z') });
    await watch.poll();
    expect(watch.knowledge).toEqual({ kind: 'unknown', problems: ['date: the page was written 60 min ago'] });
    page.change({ [SUMMARY]: dated(null) });
    await watch.poll();
    expect(watch.knowledge).toMatchObject({ problems: [expect.stringContaining('the page has none')] });
  });

  it('tells how long its server asks not to be asked: the longest of its documents', async () => {
    await using page = await servePage({
      ...whole,
      [SUMMARY]: (_, response) => void response.writeHead(503, { 'retry-after': '120' }).end(),
    });
    const watch = watchVendor(vendorAt(page.url));
    await watch.poll();
    expect(watch).toMatchObject({ failures: 1, waitMs: 120_000 });
    page.change(whole);
    await watch.poll();
    expect(watch).toMatchObject({ failures: 0, waitMs: 0 });
  });

  it('follows an incident from its opening to its resolution, also past a poll that failed', async () => {
    await using page = await servePage(whole);
    let now = 1_000;
    const watch = watchVendor(vendorAt(page.url), () => now);
    const poll = async (documents: Parameters<typeof page.change>[0]) => {
      now += 60_000;
      page.change(documents);
      return (await watch.poll()).map(({ kind }) => kind);
    };
    expect(await poll({})).toEqual([]);
    expect(await poll(statuspage('operational', [INCIDENT]))).toEqual(['opened']);
    expect(watch.incidents).toMatchObject([{ id: 'i1', firstSeenAt: 121_000, models: ['claude-sonnet-5'] }]);
    expect(await poll({ [INCIDENTS]: 'down' })).toEqual([]);
    expect(watch.incidents).toMatchObject([{ id: 'i1', isOpen: true }]);
    const resolved = { ...INCIDENT, status: 'resolved', resolved_at: '2026-11-02T11:00:00Z', components: [] };
    expect(await poll(statuspage('operational', [resolved]))).toEqual(['resolved']);
    expect(watch.incidents).toMatchObject([{ id: 'i1', isOpen: false, firstSeenAt: 121_000 }]);
  });
});

it('waits a minute, half of it during an incident, longer after failures, never more than 15 minutes ± 20 %', () => {
  expect(pollDelay(DEFAULT_PACE_MS, 0, false, 0.5)).toBe(60_000);
  expect(pollDelay(DEFAULT_PACE_MS, 0, true, 0.5)).toBe(30_000);
  expect(pollDelay(DEFAULT_PACE_MS, 2, false, 0.5)).toBe(240_000);
  expect(pollDelay(DEFAULT_PACE_MS, 50, false, 1)).toBeCloseTo(1_080_000);
});
