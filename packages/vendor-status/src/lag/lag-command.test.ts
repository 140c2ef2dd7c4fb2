import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { runCommand } from '../command/run-command.ts';
import { serve } from '../testing/status-page.ts';
import { QUERIES } from './queries.ts';

async function lag(...args: readonly string[]) {
  const said = { output: '', complaints: '' };
  const code = await runCommand(['lag', ...args], {
    write: (line) => void (said.output += line),
    complain: (line) => void (said.complaints += line),
    environment: {},
    interrupted: Promise.resolve(),
  });
  return { code, ...said };
}

const BEGIN = Date.UTC(2026, 8, 3, 13, 0, 0) / 1000;
const RANGE = ['--since', '2026-09-03T13:00Z', '--until', '2026-09-03T14:00Z', '--step', '60s'];
const MINUTES = Array.from({ length: 61 }, (_, minute) => minute);

type Labels = Readonly<Record<string, string>>;
type Results = Readonly<
  Partial<Record<keyof typeof QUERIES, readonly (readonly [Labels, (minute: number) => number | null])[]>>
>;

/** A Prometheus that has been told its answers, in the form of https://prometheus.io/docs/prometheus/latest/querying/api/ */
async function answering(results: Results) {
  const asked: Labels[] = [];
  const server = await serve((request, response) => {
    void text(request).then((body) => {
      const form = Object.fromEntries(new URLSearchParams(body));
      asked.push({ ...form, path: request.url ?? '', tenant: String(request.headers['x-scope-orgid']) });
      const name = (Object.keys(QUERIES) as (keyof typeof QUERIES)[]).find((key) => QUERIES[key] === form['query']);
      const result = (name === undefined ? [] : (results[name] ?? [])).map(([metric, valueAt]) => ({
        metric,
        values: MINUTES.flatMap((minute) => {
          const value = valueAt(minute);
          return value === null ? [] : [[BEGIN + minute * 60, String(value)]];
        }),
      }));
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } }));
    });
  });
  return Object.assign(server, { asked });
}

const POD = { job: 'desk', instance: 'pod-1' };
const MINI = { ...POD, gen_ai_provider_name: 'openai', gen_ai_request_model: 'gpt-5-mini' };
const OPENAI = { brownout_vendor: 'openai', gen_ai_provider_name: 'openai' };

/** Calls are hurt from minute 10 to 30. The page is read every minute, and has an incident from minute 24 to 40. */
const BROWNOUT: Results = {
  calls: [[MINI, (minute) => minute * 10]],
  hurtCalls: [[MINI, (minute) => (minute < 10 ? null : Math.min(minute - 9, 20) * 4)]],
  incidents: [[OPENAI, (minute) => (minute >= 24 && minute < 40 ? 1 : 0)]],
  status: [[OPENAI, (minute) => (minute >= 26 && minute < 40 ? 1 : 0)]],
  lastSuccess: [[{ brownout_vendor: 'openai' }, (minute) => BEGIN + minute * 60 - 20]],
};

it('says how long after the calls the vendor posted, and how exact that is', async () => {
  await using prometheus = await answering(BROWNOUT);
  expect(await lag('--prometheus', `${prometheus.url}/prometheus/`, ...RANGE, '--header', 'X-Scope-OrgID: a')).toEqual({
    code: 0,
    complaints: '',
    output: `What was seen and declared from 2026-09-03T13:00:00Z to 2026-09-03T14:00:00Z.

openai: first posted 13 min 40 s after the onset (from +12 min 40 s to +14 min 40 s)
  your calls     openai gpt-5-mini hurt from 2026-09-03T13:10:00Z (to within 1 min) to 2026-09-03T13:29:00Z: 80 of 200 calls
  first post     2026-09-03T13:23:40Z (to within 1 min), over at 2026-09-03T13:39:40Z
`,
  });
  expect(prometheus.asked).toHaveLength(5);
  expect(prometheus.asked[0]).toEqual({
    path: '/prometheus/api/v1/query_range',
    query:
      'sum without (gen_ai_operation_name, brownout_use_case, brownout_verdict, brownout_reason, brownout_fault, brownout_transport, brownout_streaming) ' +
      '(brownout_calls_total{brownout_verdict!~"cancelled", brownout_fault!~"caller"})',
    start: String(BEGIN),
    end: String(BEGIN + 3600),
    step: '60',
    tenant: 'a',
  });
});

it('prints the same for programs, and reads that again', async () => {
  await using prometheus = await answering(BROWNOUT);
  const { output } = await lag('--prometheus', prometheus.url, ...RANGE, '--json');
  expect(JSON.parse(output)).toMatchObject({
    correlations: [
      { kind: 'posted', lag: { seconds: 820, least: 760, most: 880 }, claimedLag: null, hurts: [{ hurtCalls: 80 }] },
    ],
    evidence: { from: BEGIN, readings: [{ vendor: 'openai', providers: ['openai'] }] },
  });
  const file = join(mkdtempSync(join(tmpdir(), 'lag-')), 'lag.json');
  writeFileSync(file, output);
  expect((await lag('--from', file)).output).toContain('openai: first posted 13 min 40 s after the onset');
});

it.each([
  ['that the vendor never posted', { incidents: [[OPENAI, () => 0]], status: [] }, 'openai: never posted\n'],
  [
    'that the vendor was first',
    { incidents: [[OPENAI, (minute) => (minute >= 5 ? 1 : 0)]], status: [] },
    'first posted 5 min 20 s before the onset',
  ],
  [
    'that a component without a word counts as well',
    { incidents: [[OPENAI, () => 0]] },
    'first posted 15 min 40 s after the onset',
  ],
  ['that we saw nothing', { hurtCalls: [] }, 'openai: we saw nothing\n  your calls     160 calls meanwhile'],
  [
    'that there were no calls to see anything',
    { calls: [[MINI, () => 7]], hurtCalls: [] },
    'no calls meanwhile that could have seen anything',
  ],
  [
    'that it is not known, where the page went blind',
    {
      incidents: [[OPENAI, (minute) => (minute < 8 ? 0 : null)]],
      status: [],
      lastSuccess: [[{ brownout_vendor: 'openai' }, (minute) => BEGIN + Math.min(minute, 8) * 60]],
    },
    'openai: unknown whether it was posted\n',
  ],
  [
    'that nothing happened',
    { hurtCalls: [], incidents: [[OPENAI, () => 0]], status: [] },
    'No calls were hurt by a vendor and no vendor declared trouble',
  ],
] satisfies readonly (readonly [string, Results, string])[])('says %s', async (_what, change, sentence) => {
  await using prometheus = await answering({ ...BROWNOUT, ...change });
  const { code, output } = await lag('--prometheus', prometheus.url, ...RANGE);
  expect(output).toContain(sentence);
  expect(code).toBe(0);
});

it('adds processes up and outlives their restarts', async () => {
  const other = { ...MINI, instance: 'pod-2' };
  await using prometheus = await answering({
    ...BROWNOUT,
    // The first process begins anew at minute 20, the second is never hurt.
    calls: [
      [MINI, (minute) => (minute < 20 ? 5000 + minute * 10 : (minute - 20) * 10)],
      [other, (minute) => minute * 10],
    ],
    hurtCalls: [
      [MINI, (minute) => (minute < 10 ? 300 : minute < 20 ? 300 + (minute - 9) * 4 : Math.min(minute - 20, 10) * 4)],
    ],
  });
  const { output } = await lag('--prometheus', prometheus.url, ...RANGE, '--json');
  expect(JSON.parse(output)).toMatchObject({
    correlations: [
      { hurts: [{ onset: { at: BEGIN + 600 }, end: BEGIN + 1800, hurtCalls: 80 }], lag: { seconds: 820 } },
    ],
  });
});

it('warns where one side is missing, and gives up where both are', async () => {
  await using alone = await answering({ calls: BROWNOUT.calls ?? [], hurtCalls: BROWNOUT.hurtCalls ?? [] });
  const hurt = await lag('--prometheus', alone.url, ...RANGE);
  expect(hurt).toMatchObject({
    code: 0,
    complaints: 'warning: there is no brownout_vendor_last_success_seconds: no status page was read\n',
    output: expect.stringContaining('openai: unknown whether it was posted'),
  });
  await using empty = await answering({});
  expect(await lag('--prometheus', empty.url, ...RANGE)).toMatchObject({
    code: 2,
    complaints: expect.stringMatching(
      /has nothing from 2026-09-03T13:00:00.000Z .* there is no brownout_calls_total: /,
    ),
  });
});

it('judges calls over longer than it was told to where it looks less often', async () => {
  await using prometheus = await answering(BROWNOUT);
  const { complaints, code } = await lag('--prometheus', prometheus.url, '--since', '30d', '--until', '2026-09-03');
  expect(complaints).toBe('warning: the range is looked at every 519 s, so calls are judged over 1038 s\n');
  expect(code).toBe(0);
});

it('says what is wrong with its options and with what it reads', async () => {
  await using page = await serve((_request, response) => void response.end('<html></html>'));
  await using refusing = await serve(
    (_request, response) =>
      void response
        .writeHead(400)
        .end('{"status":"error","errorType":"bad_data","error":"exceeded maximum resolution"}'),
  );
  const gone = await serve(() => {});
  await gone[Symbol.asyncDispose]();
  const file = join(mkdtempSync(join(tmpdir(), 'lag-')), 'other.json');
  writeFileSync(file, '{}');
  const complaintOf = async (...args: readonly string[]) => {
    const { code, complaints } = await lag(...args);
    expect(code).toBe(2);
    return complaints;
  };
  expect(await complaintOf()).toContain('either --prometheus <url> or --from <file>');
  expect(await complaintOf('--prometheus', 'localhost')).toContain('--prometheus must be a URL');
  expect(await complaintOf('--prometheus', gone.url)).toMatch(/error: .* cannot be reached: connect ECONNREFUSED/);
  expect(await complaintOf('--prometheus', page.url)).toContain("status 200 and no answer of Prometheus' HTTP API");
  expect(await complaintOf('--prometheus', refusing.url)).toContain('refused the query');
  expect(await complaintOf('--prometheus', refusing.url)).toContain('exceeded maximum resolution');
  expect(
    await complaintOf('--prometheus', page.url, '--since', '2026-09-03T13:00Z', '--until', '2026-09-03'),
  ).toContain('the range is empty: it begins at 2026-09-03T13:00:00.000Z and ends at 2026-09-03T00:00:00.000Z');
  expect(await complaintOf('--from', file)).toContain('has no evidence of what was seen and declared');
  expect(await complaintOf('--from', `${file}.missing`)).toContain('cannot be read: ENOENT');
  expect(await complaintOf('--prometheus', page.url, '--since', 'yesterday')).toContain('It must be a duration');
  expect(await complaintOf('--prometheus', page.url, '--share', '40')).toContain('It must be a number from 0 to 1');
  expect(await complaintOf('--prometheus', page.url, '--header', 'token')).toContain(
    'It must be of the form "name: value"',
  );
});
