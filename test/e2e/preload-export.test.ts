import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { OtlpSink } from '../support/otlp-sink.ts';
import { runProgram } from '../support/run-program.ts';

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}

/** Environment of a program that scrapes its own endpoint. */
async function scraped(exporters: string): Promise<Readonly<Record<string, string>>> {
  const port = await freePort();
  return {
    OTEL_METRICS_EXPORTER: exporters,
    OTEL_EXPORTER_PROMETHEUS_HOST: '127.0.0.1',
    OTEL_EXPORTER_PROMETHEUS_PORT: port,
    SCRAPE_PORT: port,
  };
}

const familiesIn = (exposition: string): readonly string[] =>
  [...exposition.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name);

describe('OTLP', () => {
  test('is protobuf over HTTP unless the environment says otherwise', async () => {
    await using sink = await OtlpSink.start();
    const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url, OTEL_EXPORTER_OTLP_HEADERS: 'api-key=secret' };
    await runProgram({ file: 'preload/server.cjs', loading: 'require', environment });

    expect(sink.requests.map(({ path }) => path).toSorted()).toEqual(['/v1/metrics', '/v1/traces']);
    for (const { contentType, headers, body } of sink.requests) {
      expect(contentType).toBe('application/x-protobuf');
      expect(headers['api-key']).toBe('secret');
      expect(body.includes('ticket-desk')).toBe(true);
    }
  });

  test('is compressed where the environment says so', async () => {
    await using sink = await OtlpSink.start();
    const environment = { ...sink.environment, OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip' };
    await runProgram({ file: 'preload/server.cjs', loading: 'require', environment });

    expect(sink.requests.map(({ headers }) => headers['content-encoding'])).toEqual(['gzip', 'gzip']);
    expect(sink.spans).toHaveLength(2);
  });

  test('leaves out the signals that are switched off, without a word', async () => {
    await using sink = await OtlpSink.start();
    const environment = { ...sink.environment, OTEL_TRACES_EXPORTER: 'none', OTEL_LOGS_EXPORTER: 'none' };
    const outcome = await runProgram({ file: 'preload/server.cjs', loading: 'require', environment });

    expect(outcome.stderr).toBe('');
    expect(sink.requests.map(({ path }) => path)).toEqual(['/v1/metrics']);
  });

  test('says in one line what it does about a protocol that does not exist', async () => {
    await using sink = await OtlpSink.start();
    const environment = { ...sink.environment, OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'pigeon' };
    const outcome = await runProgram({ file: 'preload/server.cjs', loading: 'require', environment });

    expect(outcome).toMatchObject({ code: 0, stdout: 'hello\n' });
    expect(outcome.stderr).toMatch(/^brownout: [^\n]*pigeon[^\n]*\n$/);
  });

  test('says nothing at all under OTEL_LOG_LEVEL=none', async () => {
    const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await freePort()}`, OTEL_LOG_LEVEL: 'none' };
    const outcome = await runProgram({ file: 'preload/server.cjs', loading: 'require', environment });

    expect(outcome).toMatchObject({ code: 0, stdout: 'hello\n', stderr: '' });
  });
});

describe('OTEL_METRICS_EXPORTER=prometheus', () => {
  test('serves the names that OTLP gives in Prometheus, and keeps nothing alive', async () => {
    await using sink = await OtlpSink.start();
    const environment = { ...sink.environment, ...(await scraped('prometheus')) };
    const outcome = await runProgram({ file: 'preload/scraped.cjs', loading: 'require', environment });

    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    expect(familiesIn(outcome.stdout)).toEqual(
      expect.arrayContaining([
        'target_info',
        'http_server_request_duration_seconds',
        'http_client_request_duration_seconds',
      ]),
    );
    expect(outcome.stdout).toMatch(/http_server_request_duration_seconds_count\{[^}]*\} 1\n/);
    expect(sink.metrics).toEqual([]);
  });

  test('beside otlp leaves the names of the other reader as they are', async () => {
    await using sink = await OtlpSink.start();
    const environment = { ...sink.environment, ...(await scraped('otlp,prometheus')) };
    const outcome = await runProgram({ file: 'preload/scraped.cjs', loading: 'require', environment });

    expect(familiesIn(outcome.stdout)).toContain('http_server_request_duration_seconds');
    expect(sink.metrics.map(({ name }) => name)).toContain('http.server.request.duration');
    expect(sink.metrics.map(({ name }) => name)).not.toContain('http.server.request.duration_seconds');
  });

  test('gives one warning where the port is taken, and the application runs', async () => {
    await using taken = await OtlpSink.start();
    const environment = {
      OTEL_METRICS_EXPORTER: 'prometheus',
      OTEL_TRACES_EXPORTER: 'none',
      OTEL_EXPORTER_PROMETHEUS_HOST: '127.0.0.1',
      OTEL_EXPORTER_PROMETHEUS_PORT: new URL(taken.url).port,
    };
    const outcome = await runProgram({ file: 'preload/server.cjs', loading: 'require', environment });

    expect(outcome).toMatchObject({ code: 0, stdout: 'hello\n' });
    expect(outcome.stderr).toMatch(/^brownout: metrics are not served on [^\n]*EADDRINUSE[^\n]*\n$/);
  });

  test('gives one warning in a worker thread', async () => {
    await using sink = await OtlpSink.start();
    const environment = { ...sink.environment, ...(await scraped('prometheus')) };
    const outcome = await runProgram({ file: 'preload/worker.mjs', loading: 'require', environment });

    expect(outcome.code).toBe(0);
    expect(outcome.stderr).toMatch(/^brownout: the metrics of worker threads are not served [^\n]*\n$/);
  });
});

describe('auto-instrumentations-node beside the application', () => {
  const beside = 'workspace packages';
  const AUTO = { OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http,undici,dns,openai' };

  test.each(['cjs', 'mjs'])('is used, without its OpenAI instrumentation, in a .%s application', async (extension) => {
    await using sink = await OtlpSink.start();
    const environment = { ...sink.environment, ...AUTO };
    const outcome = await runProgram({
      file: `preload/looks-up.${extension}`,
      beside,
      loading: 'require',
      environment,
    });

    expect(outcome).toMatchObject({ code: 0, stdout: 'true\n', stderr: '' });
    expect(sink.spans.map(({ name }) => name)).toContain('dns.lookup');
  });

  test('obeys OTEL_NODE_DISABLED_INSTRUMENTATIONS', async () => {
    await using sink = await OtlpSink.start();
    const environment = { ...sink.environment, OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'http' };
    await runProgram({ file: 'preload/server.cjs', beside, loading: 'require', environment });

    expect(sink.spans.filter(({ kind }) => kind === 2)).toEqual([]);
    expect(sink.spans.filter(({ kind }) => kind === 3)).toHaveLength(1);
  });
});
