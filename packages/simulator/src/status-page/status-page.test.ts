import { afterEach, describe, expect, it } from 'vitest';
import { parseSchedule } from '../schedule/parse-schedule.ts';
import { stretchSchedule, type Schedule } from '../schedule/schedule.ts';
import { startSimulator, type Simulator } from '../start-simulator.ts';
import { PAGE_FAULT_NAMES } from './page-faults.ts';
import type { PageRequest } from './serve-page.ts';

const ORIGIN = Date.UTC(2026, 8, 3, 13, 0, 0);
const iso = (seconds: number) => new Date(ORIGIN + seconds * 1000).toISOString();

let now = ORIGIN;
let simulator: Simulator;
let asked: PageRequest[] = [];
const waited: number[] = [];
const clock = {
  now: () => now,
  sleep: (milliseconds: number) => {
    waited.push(milliseconds);
    return Promise.resolve();
  },
};

async function play(statusPages: string, change: (schedule: Schedule) => Schedule = (schedule) => schedule) {
  now = ORIGIN;
  asked = [];
  waited.length = 0;
  const schedule = parseSchedule(`phases: [{ at: 0s, name: a }]\nstatusPages:\n${statusPages}`, 's.yaml');
  simulator = await startSimulator({
    clock,
    schedule: change(schedule),
    onPageRequest: (request) => asked.push(request),
  });
}

const at = (seconds: number) => {
  now = ORIGIN + seconds * 1000;
};

const get = (path: string, headers: Record<string, string> = {}, provider: 'openai' | 'anthropic' = 'anthropic') =>
  fetch(`${simulator.statusPages[provider]}${path}`, { headers });

async function json(path: string, provider: 'openai' | 'anthropic' = 'anthropic'): Promise<unknown> {
  return (await get(path, {}, provider)).json();
}

afterEach(() => simulator.close());

const LATE = `
  anthropic:
    - at: 40s
      post: errors
      status: investigating
      title: Elevated errors for Claude Sonnet 5
      impact: minor
      text: We are investigating.
      startedAt: 15s
      components: { Claude API (api.anthropic.com): degraded_performance }
    - at: 60s
      edit: errors
      impact: major
      startedAt: 12s
      text: We are investigating elevated errors.
    - at: 90s
      post: errors
      status: resolved
      text: Over.
      datedAt: 85s
      components: { k8w3r06qmzrp: operational }
      unlink: true`;

describe('a status page', () => {
  it('is operational where the schedule says nothing of it', async () => {
    await play('  openai: []');
    expect(await json('/api/v2/summary.json')).toMatchObject({
      page: { name: 'Claude', updated_at: iso(0) },
      status: { indicator: 'none', description: 'All Systems Operational' },
      components: Array.from({ length: 6 }, () => ({ status: 'operational' })),
      incidents: [],
    });
  });

  it('is there without a schedule, and without anybody who listens to its requests', async () => {
    simulator = await startSimulator();
    expect(await json('/api/v2/status.json')).toMatchObject({ status: { indicator: 'none' } });
  });

  it('says that all is well until the vendor posts, which may be long after it began', async () => {
    await play(LATE);
    at(39.9);
    expect(await json('/api/v2/incidents.json')).toMatchObject({ incidents: [] });
    at(40);
    expect(await json('/api/v2/summary.json')).toMatchObject({
      page: { updated_at: iso(40) },
      status: { indicator: 'minor' },
      incidents: [
        {
          name: 'Elevated errors for Claude Sonnet 5',
          status: 'investigating',
          impact: 'minor',
          created_at: iso(40),
          started_at: iso(15),
          resolved_at: null,
          components: [{ id: 'k8w3r06qmzrp', status: 'degraded_performance' }],
          incident_updates: [
            {
              body: 'We are investigating.',
              display_at: iso(40),
              affected_components: [
                { code: 'k8w3r06qmzrp', old_status: 'operational', new_status: 'degraded_performance' },
              ],
            },
          ],
        },
      ],
    });
  });

  it('is edited after the fact without a new update', async () => {
    await play(LATE);
    at(60);
    expect(await json('/api/v2/incidents/unresolved.json')).toMatchObject({
      page: { updated_at: iso(60) },
      incidents: [
        {
          impact: 'major',
          created_at: iso(40),
          started_at: iso(12),
          updated_at: iso(60),
          incident_updates: [
            { body: 'We are investigating elevated errors.', created_at: iso(40), updated_at: iso(60) },
          ],
        },
      ],
    });
  });

  it('takes an incident off the summary when it is resolved, and keeps it in the history, its components unlinked', async () => {
    await play(LATE);
    at(40);
    const open = (await json('/api/v2/incidents.json')) as { incidents: { id: string }[] };
    at(90);
    expect(await json('/api/v2/summary.json')).toMatchObject({ incidents: [], status: { indicator: 'none' } });
    expect(await json('/api/v2/incidents.json')).toMatchObject({
      incidents: [
        {
          id: open.incidents[0]?.id,
          status: 'resolved',
          resolved_at: iso(85),
          components: [],
          incident_updates: [
            { status: 'resolved', display_at: iso(85), affected_components: [{ code: 'k8w3r06qmzrp' }] },
            { status: 'investigating' },
          ],
        },
      ],
    });
    expect(await (await get('/history.atom')).text()).toContain('<title>Elevated errors for Claude Sonnet 5</title>');
  });

  it('changes a component without a word', async () => {
    await play('  openai:\n    - { at: 5s, components: { Responses: major_outage } }');
    at(5);
    expect(await json('/api/v2/summary.json', 'openai')).toMatchObject({ status: { indicator: 'critical' } });
    expect(await json('/api/v2/incidents.json', 'openai')).toMatchObject({ incidents: [] });
  });

  it("has the holes of OpenAI's page: no incidents in the summary, no components in an incident, and a widget that has both", async () => {
    await play(`
  openai:
    - at: 3s
      post: slow
      status: investigating
      title: Slow answers & more
      impact: none
      text: We <i>look</i>.
      components: { Responses: major_outage }`);
    at(3);
    const responses = '01JP8CD9JR3HR6Y7G4Q75N4DVW';
    expect(await json('/api/v2/summary.json', 'openai')).not.toHaveProperty('incidents');
    const { incidents } = (await json('/api/v2/incidents.json', 'openai')) as { incidents: { id: string }[] };
    expect(incidents).toMatchObject([{ name: 'Slow answers & more', created_at: iso(3), resolved_at: null }]);
    expect(incidents[0]).not.toHaveProperty('components');
    expect(await json('/proxy/status.openai.com', 'openai')).toMatchObject({
      summary: {
        affected_components: [{ component_id: responses, status: 'full_outage' }],
        ongoing_incidents: [
          {
            id: incidents[0]?.id,
            published_at: iso(3),
            affected_components: [{ component_id: responses }],
            updates: [{ message_string: 'We <i>look</i>.' }],
          },
        ],
      },
    });
    expect(await (await get('/feed.atom', {}, 'openai')).text()).toMatch(
      /<title>Slow answers &amp; more<\/title>[^]*&lt;li&gt;Responses \(Major outage\)&lt;\/li&gt;/,
    );
  });

  it('answers 304 as long as nothing changes, and does not mind how often it is asked', async () => {
    await play(LATE);
    const tag = (await get('/api/v2/summary.json')).headers.get('etag') ?? '';
    at(39);
    expect((await get('/api/v2/summary.json', { 'if-none-match': tag })).status).toBe(304);
    at(41);
    expect((await get('/api/v2/summary.json', { 'if-none-match': tag })).status).toBe(200);
    expect((await get('/api/v2/nothing.json')).status).toBe(404);
    expect(asked.map(({ provider, status }) => `${provider} ${status}`)).toEqual([
      'anthropic 200',
      'anthropic 304',
      'anthropic 200',
      'anthropic 404',
    ]);
    expect(simulator.requests).toEqual([]);
  });

  it('begins anew with its schedule, with other incidents', async () => {
    await play(LATE, (schedule) => ({ ...schedule, repeatEveryMs: 100_000 }));
    const idAt = async (seconds: number) => {
      at(seconds);
      return ((await json('/api/v2/incidents.json')) as { incidents: { id: string }[] }).incidents.map(({ id }) => id);
    };
    const first = await idAt(50);
    expect(first).toHaveLength(1);
    expect(await idAt(101)).toEqual([]);
    expect(await idAt(150)).not.toEqual(first);
  });

  it('is played faster or slower with its schedule', async () => {
    await play(LATE, (schedule) => stretchSchedule(schedule, 0.1));
    at(4);
    expect(await json('/api/v2/incidents.json')).toMatchObject({ incidents: [{ started_at: iso(1.5) }] });
  });
});

describe('a status page that fails', () => {
  const faulty = (fault: string) =>
    play(`
  anthropic:
    - { at: 10s, until: 20s, fault: ${fault}${fault === 'slow' ? ', delay: 3s' : ''} }
    - { at: 12s, post: x, status: investigating, title: X, impact: minor }`);

  it.each(PAGE_FAULT_NAMES)('%s, and is well before and after', async (fault) => {
    await faulty(fault);
    at(9);
    const before = (await get('/api/v2/summary.json')).headers.get('etag') ?? '';
    at(20);
    expect(await json('/api/v2/summary.json')).toMatchObject({ incidents: [{ name: 'X' }] });
    at(15);
    const response = await get('/api/v2/summary.json', { 'if-none-match': before }).catch(() => null);
    const bytes = response === null ? null : Buffer.from(await response.arrayBuffer());
    const type = response?.headers.get('content-type');
    expect(asked.at(-1)?.fault).toBe(fault);
    switch (fault) {
      case 'down':
        return expect(response).toBeNull();
      case 'server_error':
        return expect([response?.status, type]).toEqual([503, 'text/html; charset=utf-8']);
      case 'html':
        return expect([response?.status, type]).toEqual([200, 'text/html; charset=utf-8']);
      case 'truncated_json':
        expect(type).toContain('json');
        return expect(() => JSON.parse(String(bytes))).toThrow(SyntaxError);
      case 'wrong_encoding':
        expect(type).toBe('application/json; charset=utf-8');
        expect(() => JSON.parse(String(bytes))).toThrow(SyntaxError);
        return expect(JSON.parse(bytes?.toString('utf16le') ?? '')).toHaveProperty('components');
      case 'oversized':
        expect(bytes?.length).toBeGreaterThan(5_000_000);
        return expect(JSON.parse(String(bytes))).toHaveProperty('components');
      case 'stale':
        return expect(response?.status).toBe(304);
      case 'slow':
        expect(JSON.parse(String(bytes))).toMatchObject({ incidents: [{ name: 'X' }] });
        return expect(waited).toEqual([3000]);
    }
  });
});
