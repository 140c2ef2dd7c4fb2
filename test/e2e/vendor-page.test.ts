import { PAGE_FAULTS, parseSchedule, startSimulator, type PageFaultName } from '@brownout/simulator';
import { describe, expect, test } from 'vitest';
import { runNode } from '../support/node-process.ts';
import { VENDOR_STATUS } from '../support/play-story.ts';

/** Runs the command against a page that says what the entries have it say after a quarter of an hour. */
async function read(command: 'check' | 'once', vendor: 'openai' | 'anthropic', entries: readonly object[]) {
  const schedule = { phases: [{ at: '0s', name: 'all' }], statusPages: { [vendor]: entries } };
  let skipped = 0;
  const clock = {
    now: () => Date.now() + skipped,
    sleep: (milliseconds: number, signal: AbortSignal) => late(milliseconds, signal),
  };
  const simulator = await startSimulator({ clock, schedule: parseSchedule(JSON.stringify(schedule), 'page.json') });
  skipped = 15 * 60_000;
  const page = `${vendor}=${simulator.statusPages[vendor]}`;
  const end = await runNode({ command: [VENDOR_STATUS, command, page, '--json'], environment: {}, limit: 30_000 });
  await simulator.close();
  return { ...end, rows: JSON.parse(end.stdout) as readonly { readonly problems?: readonly string[] }[] };
}

/** A page that is late is so late that nobody waits for it: it never comes. */
const late = (_milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

const FAULTS = Object.keys(PAGE_FAULTS) as readonly PageFaultName[];

/** What is named where a page fails; `null` where nobody can tell. */
const NAMED: Readonly<Record<PageFaultName, RegExp | null>> = {
  down: /components\.json request: /,
  server_error: /components\.json status line: 503/,
  html: /components\.json content-type: text\/html/,
  truncated_json: /components\.json body: it is not JSON/,
  wrong_encoding: /components\.json body: /,
  oversized: /components\.json body: it is larger than/,
  stale: null,
  slow: /components\.json request: /,
};

describe.concurrent("the command, and a vendor's page", () => {
  test.each(FAULTS)('that fails by %s: unknown, wherever that can be told, and why', async (fault) => {
    const outage = { at: '5m', post: 'x', status: 'investigating', title: 'X', impact: 'major' };
    const { code, rows } = await read('check', 'openai', [{ at: '1m', fault }, outage]);
    const named = NAMED[fault];
    // A page that is stuck says what it said before the outage, and is believed.
    expect(code).toBe(named === null ? 0 : 2);
    if (named !== null) expect(rows[0]?.problems?.join('\n')).toMatch(named);
  });

  test.each([
    ['says that all is well', [], 0],
    ['has an incident', [{ at: '5m', post: 'x', status: 'investigating', title: 'X', impact: 'none' }], 1],
    ['changed a component without a word', [{ at: '5m', components: { Responses: 'major_outage' } }], 1],
    ['has a component in trouble that backs no API', [{ at: '5m', components: { Conversations: 'major_outage' } }], 0],
  ])('that %s', async (_what, entries, expected) => {
    expect((await read('check', 'openai', entries)).code).toBe(expected);
  });

  test('that claims afterwards when it began: apart from when it was posted', async () => {
    const { rows } = await read('once', 'anthropic', [
      {
        at: '5m',
        post: 'x',
        status: 'investigating',
        title: 'Elevated errors for Claude Sonnet 5',
        impact: 'minor',
        components: { 'Claude API (api.anthropic.com)': 'degraded_performance' },
      },
      { at: '9m', edit: 'x', startedAt: '2m' },
      { at: '12m', post: 'x', status: 'resolved', components: { k8w3r06qmzrp: 'operational' }, unlink: true },
    ]);
    const [{ incidents: [incident] = [] } = {}] = rows as readonly {
      incidents?: readonly Readonly<Record<string, unknown>>[];
    }[];
    const minutes = (later: string, earlier: string) =>
      (Date.parse(String(incident?.[later])) - Date.parse(String(incident?.[earlier]))) / 60_000;
    expect(incident).toMatchObject({ isOpen: false, models: ['claude-sonnet-5'], providers: ['anthropic'] });
    expect(incident?.['components']).toEqual(['Claude API (api.anthropic.com)']);
    expect(minutes('postedAt', 'startedAt')).toBe(3);
    expect(minutes('resolvedAt', 'postedAt')).toBe(7);
  });
});
