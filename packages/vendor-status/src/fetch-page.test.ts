import { createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { RequestListener } from 'node:http';
import { expect, it } from 'vitest';
import { DEFAULT_LIMITS, fetchPage } from './fetch-page.ts';
import { serve } from './testing/status-page.ts';

const NOON = Date.parse('2026-11-02T12:00:00Z');
const JSON_TYPE = { 'content-type': 'application/json' } as const;

async function fetchFrom(listener: RequestListener, etag: string | null = null, milliseconds = 5_000) {
  await using server = await serve(listener);
  return await fetchPage({ url: server.url, type: 'json', etag }, { ...DEFAULT_LIMITS, milliseconds }, () => NOON);
}
const answer =
  (headers: Readonly<Record<string, string>>, status = 200, body: string | Buffer = '{}'): RequestListener =>
  (_, response) =>
    void response.writeHead(status, { ...JSON_TYPE, date: new Date(NOON).toUTCString(), ...headers }).end(body);

it('takes a packed page, and says how long it stays as it is: by max-age without age, four minutes at most', async () => {
  const packed = answer({ 'content-encoding': 'gzip', etag: '"a"' }, 200, gzipSync('{"a":1}'));
  expect(await fetchFrom(packed)).toEqual({ kind: 'page', text: '{"a":1}', etag: '"a"', waitMs: 0 });
  expect(await fetchFrom(answer({ 'cache-control': 'public, max-age=90', age: '30' }))).toMatchObject({
    waitMs: 60_000,
  });
  expect(await fetchFrom(answer({ 'cache-control': 'max-age=86400' }))).toMatchObject({ waitMs: 240_000 });
  expect(await fetchFrom(answer({ 'cache-control': 'max-age=90' }, 304), '"a"')).toEqual({
    kind: 'unchanged',
    waitMs: 90_000,
  });
});

it.each([
  ['seconds', '120', 120_000],
  ['a date', new Date(NOON + 60_000).toUTCString(), 60_000],
  ['a date that is past', new Date(NOON - 60_000).toUTCString(), 0],
  ['a day', '86400', 3_600_000],
  ['nonsense', 'soon', 0],
])('holds back after a refusal for as long as Retry-After says: %s', async (_name, value, waitMs) => {
  const refused = await fetchFrom(answer({ 'retry-after': value }, 429));
  expect(refused).toEqual({ kind: 'failed', problem: 'status line: 429', waitMs });
});

it.each([
  [{ age: '3600' }, 'age: the answer is 60 min old'],
  [
    { date: new Date(NOON - 3_600_000).toUTCString() },
    "date: the answer is 60 min old, or this machine's clock is ahead",
  ],
])('does not believe an answer out of a cache that is stuck: %j', async (headers, problem) => {
  expect(await fetchFrom(answer(headers))).toMatchObject({ kind: 'failed', problem });
  expect(await fetchFrom(answer(headers, 304), '"a"')).toMatchObject({ kind: 'failed', problem });
});

it('believes an answer whose clock is ahead of ours, or that has no date', async () => {
  expect(await fetchFrom(answer({ date: new Date(NOON + 7_200_000).toUTCString() }))).toMatchObject({ kind: 'page' });
  expect(await fetchFrom(answer({ date: 'yesterday' }))).toMatchObject({ kind: 'page' });
});

it('follows redirects to JSON, not to HTML, and not for ever', async () => {
  const asked: (string | undefined)[] = [];
  const redirecting: RequestListener = (request, response) => {
    asked.push(request.url);
    if (request.url === '/') response.writeHead(302, { location: '/moved' }).end();
    else answer({})(request, response);
  };
  expect(await fetchFrom(redirecting)).toMatchObject({ kind: 'page', text: '{}' });
  expect(asked).toEqual(['/', '/moved']);
  const toHtml: RequestListener = (request, response) =>
    request.url === '/'
      ? void response.writeHead(301, { location: '/en' }).end()
      : answer({ 'content-type': 'text/html' })(request, response);
  expect(await fetchFrom(toHtml)).toMatchObject({
    problem: expect.stringMatching(/^content-type: text\/html .*\/en\)$/),
  });
  const round = answer({ location: '/' }, 302);
  expect(await fetchFrom(round)).toMatchObject({ problem: 'request: more than 5 redirects' });
  expect(await fetchFrom(answer({ location: 'file:///etc/passwd' }, 302))).toMatchObject({ kind: 'failed' });
});

it('lets the body tell where the type does not: storage serves documents as octets', async () => {
  expect(await fetchFrom(answer({ 'content-type': 'binary/octet-stream' }))).toMatchObject({ kind: 'page' });
  expect(await fetchFrom((_, response) => void response.writeHead(200).end('{}'))).toMatchObject({ kind: 'page' });
  expect(await fetchFrom(answer({ 'content-type': 'application/xhtml+xml' }))).toMatchObject({ kind: 'failed' });
});

it('gives up an answer that does not come, or does not end, in its time', async () => {
  expect(await fetchFrom(() => {}, null, 50)).toMatchObject({ problem: 'request: no whole answer within 50 ms' });
  const endless: RequestListener = (_, response) => void response.writeHead(200, JSON_TYPE).write('{');
  expect(await fetchFrom(endless, null, 50)).toMatchObject({ problem: 'request: no whole answer within 50 ms' });
});

it('names what went wrong with a connection: cut, packed wrongly, refused, no address', async () => {
  expect(await fetchFrom((_, response) => void response.destroy())).toMatchObject({
    problem: 'request: socket hang up',
  });
  const cut: RequestListener = (_, response) => {
    response.writeHead(200, { ...JSON_TYPE, 'content-length': '100' }).write('{');
    setImmediate(() => void response.destroy());
  };
  expect(await fetchFrom(cut)).toMatchObject({ problem: 'request: aborted' });
  expect(await fetchFrom(answer({ 'content-encoding': 'gzip' }))).toMatchObject({
    problem: 'request: incorrect header check',
  });
  const free = createServer().listen(0, '127.0.0.1');
  const address = free.address();
  const port = typeof address === 'object' ? address?.port : 0;
  await new Promise((resolve) => free.close(resolve));
  for (const url of [`http://127.0.0.1:${port}`, 'nowhere']) {
    const failed = await fetchPage({ url, type: 'json', etag: null }, DEFAULT_LIMITS, () => NOON);
    expect(failed).toMatchObject({
      kind: 'failed',
      problem: expect.stringMatching(/^request: (?:connect ECONNREFUSED|Invalid URL)/),
    });
  }
});
