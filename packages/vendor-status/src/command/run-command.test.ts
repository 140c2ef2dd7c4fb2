import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { INCIDENT, serve, servePage, statuspage, vendorAt } from '../testing/status-page.ts';
import type { Vendor } from '../vendors.ts';
import { runCommand } from './run-command.ts';

/** Runs the command; its complaints come after what it printed. */
async function run(args: readonly string[], ...vendors: readonly Vendor[]) {
  let output = '';
  const terminal = {
    write: (text: string) => void (output += text),
    complain: (text: string) => void (output += text),
    environment: {},
    interrupted: Promise.resolve(),
  };
  return { code: await runCommand(args, terminal, vendors), output };
}

const OVER = { ...INCIDENT, status: 'resolved' };

it.each([
  ['operational', [], 0],
  ['operational', [OVER], 0],
  ['major_outage', [], 1],
  ['operational', [INCIDENT], 1],
  ['fabulous', [], 2],
])('check: %s with incidents %j exits with %i', async (status, incidents, code) => {
  await using page = await servePage(statuspage(status, incidents));
  expect((await run(['check', 'anthropic'], vendorAt(page.url))).code).toBe(code);
});

it('once still prints the other vendors where the page of one is down', async () => {
  await using page = await servePage(statuspage());
  await using down = await serve((_request, response) => void response.destroy());
  const { code, output } = await run(['once', '--json'], { ...vendorAt(down.url), name: 'openai' }, vendorAt(page.url));
  expect(code).toBe(0);
  expect(JSON.parse(output)).toMatchObject([
    { vendor: 'openai', kind: 'unknown' },
    { vendor: 'anthropic', kind: 'known' },
  ]);
});

it('once prints a table of what the page says, and incidents with their times as JSON', async () => {
  await using page = await servePage(statuspage('degraded_performance', [INCIDENT]));
  const { output } = await run(['once'], vendorAt(page.url));
  expect(output).toContain('Claude API (api.anthropic.com)');
  expect(output).toContain('degraded');
  expect(output).toContain('Elevated errors');
  const json = await run(['once', '--json'], vendorAt(page.url));
  expect(JSON.parse(json.output)).toMatchObject([
    { incidents: [{ id: 'i1', isOpen: true, startedAt: '2026-11-02T10:00:00.000Z', resolvedAt: null }] },
  ]);
});

it('reads only the vendors that are named, and one of them at another address', async () => {
  await using page = await servePage(statuspage());
  await using other = await servePage(statuspage('degraded_performance'));
  const vendors = [{ ...vendorAt(page.url), name: 'openai' }, vendorAt(page.url)];
  const { output } = await run(['once', '--json', `anthropic=${other.url}/`], ...vendors);
  expect(JSON.parse(output)).toMatchObject([{ vendor: 'anthropic', components: [{ status: 'degraded' }] }]);
  expect((await run(['check', `anthropic=${other.url}`], ...vendors)).code).toBe(1);
});

it.each([
  [['once', 'opnai'], 'Known are anthropic.'],
  [['once', 'anthropic=nowhere'], '"nowhere" is no URL.'],
  [['run', '--every', '1'], 'It must be a duration such as 30s'],
])('says what is wrong with %j', async (args, complaint) => {
  const { code, output } = await run(args, vendorAt('http://127.0.0.1'));
  expect(output).toContain(complaint);
  expect(code).toBe(2);
});

it('check takes a provider too, and looks at what backs it alone', async () => {
  const broken = JSON.stringify({
    components: [
      { name: 'Chat API', status: 'operational' },
      { name: 'Batch API', status: 'major_outage' },
    ],
  });
  await using page = await servePage({ ...statuspage(), '/api/v2/summary.json': broken });
  const acme: Vendor = {
    name: 'acme',
    format: 'statuspage',
    url: page.url,
    components: [
      { component: 'Chat', provider: 'acme.chat' },
      { component: 'Batch', provider: 'acme.batch' },
    ],
  };
  expect((await run(['check', 'acme'], acme)).code).toBe(1);
  expect((await run(['check', 'acme.batch'], acme)).code).toBe(1);
  const chat = await run(['check', 'acme.chat'], acme);
  expect(chat.code).toBe(0);
  expect(chat.output).not.toContain('Batch API');
});

it('once takes the vendors of a config file, and says where it is wrong', async () => {
  await using page = await servePage(statuspage('partial_outage'));
  const directory = await mkdtemp(join(tmpdir(), 'vendor-status-'));
  const file = join(directory, 'status.yaml');
  await writeFile(
    file,
    `only: [acme]\nvendors:\n  acme: { format: statuspage, url: "${page.url}", components: { acme: [Claude] } }\n`,
  );
  const { output, code } = await run(['once', '--config', file], vendorAt('http://127.0.0.1'));
  expect(code).toBe(0);
  expect(output).toMatch(/acme .*Claude API \(api.anthropic.com\) .*partial_outage/);
  await writeFile(file, 'only: [acme]');
  expect(await run(['once', '--config', file], vendorAt('http://127.0.0.1'))).toEqual({
    code: 2,
    output: expect.stringContaining(`${file}:1:8 only.0: there is no vendor acme; there are anthropic`),
  });
  await rm(directory, { recursive: true });
});

it('says so where a page tells of incidents only', async () => {
  await using feed = await serve(
    (_, response) =>
      void response
        .writeHead(200, { 'content-type': 'application/rss+xml' })
        .end('<rss version="2.0"><channel><title>Azure Status</title></channel></rss>'),
  );
  const azure: Vendor = {
    name: 'azure',
    format: 'azure',
    url: feed.url,
    components: [{ component: 'Azure OpenAI', provider: 'azure.ai.openai' }],
  };
  const { output, code } = await run(['check', 'azure'], azure);
  expect(output).toContain('not told by the page');
  expect(code).toBe(0);
});

it('shows how far it is, and clears that before it prints', async () => {
  await using page = await servePage(statuspage());
  const written: string[] = [];
  const terminal = {
    write: () => void written.push('the table'),
    complain: () => {},
    progress: (text: string) => void written.push(text),
    environment: {},
    interrupted: Promise.resolve(),
  };
  await runCommand(['once'], terminal, [vendorAt(page.url)]);
  expect(written).toEqual(['Reading status pages: 0 of 1', 'Reading status pages: 1 of 1', '', 'the table']);
});

it('once names the components in trouble and counts those that are well', async () => {
  const components = Array.from({ length: 6 }, (_, index) => ({
    name: `Claude API ${index}`,
    status: index === 4 ? 'partial_outage' : 'operational',
  }));
  await using page = await servePage({
    ...statuspage('operational', [INCIDENT]),
    '/api/v2/summary.json': JSON.stringify({ components }),
  });
  const { output } = await run(['once'], vendorAt(page.url));
  expect(output).toMatch(
    /anthropic +│ Claude API 4 +│ partial_outage +│ Elevated errors on Claude Sonnet 5 \(impact none; investigating; claude-sonnet-5\)/,
  );
  expect(output).toMatch(/│ the other 5 +│ operational/);
});

it('lets no page steer the terminal', async () => {
  await using page = await servePage(statuspage('operational', [{ ...INCIDENT, name: 'Er\u001B[2Jrors\r\nmore' }]));
  expect((await run(['once'], vendorAt(page.url))).output).toContain('Er [2Jrors more');
});
