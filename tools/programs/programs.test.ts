import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { findProgram } from './find-program.ts';
import { isProgram } from './is-program.ts';
import { startAlertmanager, startPrometheus } from './start-program.ts';

afterEach(() => vi.unstubAllEnvs());

test('the program that the user names comes first', async () => {
  vi.stubEnv('PROMTOOL_BIN', process.execPath);
  expect(await findProgram('promtool')).toMatchObject({ path: process.execPath, from: 'PROMTOOL_BIN' });
});

test('where there is none, it says what was tried and how to name one', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'no-programs-'));
  vi.stubEnv('PATH', empty);
  vi.stubEnv('XDG_CACHE_HOME', empty);
  vi.stubEnv('PROMTOOL_BIN', '/nowhere/promtool');
  const said: string[] = [];
  const found = await findProgram('promtool', 'any', (text) => said.push(text));
  expect(found).toEqual({
    kind: 'missing',
    why: 'no promtool: PROMTOOL_BIN is /nowhere/promtool, which is no program; not on the PATH; there is no apt-get; v0.316.0 has not been built. Set PROMTOOL_BIN to the path of one.',
  });
  expect(said.at(-1)).toBe(found.kind === 'missing' && found.why);
  rmSync(empty, { recursive: true });
});

describe('what is built with Go', () => {
  const hasGo = (process.env['PATH'] ?? '').split(delimiter).some((folder) => isProgram(join(folder, 'go')));

  test('is missing, with the reason, where there is no Go', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'no-go-'));
    vi.stubEnv('PATH', empty);
    vi.stubEnv('XDG_CACHE_HOME', empty);
    expect(await findProgram('promtool', 'build', () => {})).toMatchObject({
      why: 'no promtool: there is no Go. Set PROMTOOL_BIN to the path of one.',
    });
    rmSync(empty, { recursive: true });
  });

  test("is missing, with Go's reason, where its module is refused", async (context) => {
    if (!hasGo) return context.skip('there is no Go');
    const empty = mkdtempSync(join(tmpdir(), 'no-modules-'));
    vi.stubEnv('XDG_CACHE_HOME', empty);
    vi.stubEnv('GOMODCACHE', empty);
    vi.stubEnv('GOPROXY', 'off');
    const found = await findProgram('promtool', 'build', () => {});
    expect(found).toMatchObject({ kind: 'missing', why: expect.stringContaining('disabled by GOPROXY') });
    rmSync(empty, { recursive: true });
  });

  test('is an error, with what Go said, where it could be had and does not compile: no test passes that over', async (context) => {
    if (!hasGo) return context.skip('there is no Go');
    const empty = mkdtempSync(join(tmpdir(), 'no-build-'));
    vi.stubEnv('XDG_CACHE_HOME', empty);
    vi.stubEnv('GOFLAGS', '-no-such-flag');
    await expect(findProgram('promtool', 'build', () => {})).rejects.toThrow(
      /^promtool v[\d.]+ could not be built with Go: .*-no-such-flag/s,
    );
    rmSync(empty, { recursive: true });
  });
});

const prometheus = await findProgram('prometheus');
const alertmanager = await findProgram('alertmanager');

test('starts a real Prometheus, which answers queries, and stops it', async (context) => {
  if (prometheus.kind === 'missing') return context.skip(prometheus.why);
  const server = await startPrometheus({ path: prometheus.path, config: '{}' });
  const answer = await fetch(`${server.url}/api/v1/query?query=1%2B1`);
  expect(await answer.json()).toMatchObject({ data: { result: [expect.anything(), '2'] } });
  await server.stop();
  await expect(fetch(server.url)).rejects.toThrow('fetch failed');
});

test('starts a real Alertmanager, and says why it did not start', async (context) => {
  if (alertmanager.kind === 'missing') return context.skip(alertmanager.why);
  const config = 'route: { receiver: nobody }\nreceivers: [{ name: nobody }]';
  const server = await startAlertmanager({ path: alertmanager.path, config });
  expect((await fetch(`${server.url}/api/v2/status`)).status).toBe(200);
  await server.stop();
  await expect(startAlertmanager({ path: alertmanager.path, config: 'route: 1' })).rejects.toThrow('cannot unmarshal');
});
