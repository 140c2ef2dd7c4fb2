import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { makeCertificates } from '../../../../tools/programs/make-certificates.ts';
import { freePorts, startCollector } from '../../../../tools/programs/start-collector.ts';
import { startAlertmanager, startPrometheus } from '../../../../tools/programs/start-program.ts';
import type { StackPrograms } from './get-programs.ts';
import { scaleAlertmanager, scaleYaml } from './scale-time.ts';

export interface Backends extends AsyncDisposable {
  /** Where applications send OTLP over HTTP. */
  readonly agentUrl: string;
  readonly prometheusUrl: string;
  readonly alertmanagerUrl: string;
}

export interface BackendOptions {
  readonly programs: StackPrograms;
  /** All times of rules and routes are divided by this. */
  readonly factor: number;
  /** Takes what Alertmanager tells. */
  readonly receiversUrl: string;
  /** Takes traces and events as OTLP in JSON. */
  readonly tracesUrl: string;
}

const DASHBOARDS = join(import.meta.dirname, '../../../../dashboards');
const RULES = ['brownout-recording.yaml', 'brownout-alerts.yaml'] as const;
const MINUTE = 60_000;

/** Starts agent, gateway, Prometheus and Alertmanager with what the repository ships, behind each other as in production. */
export async function startBackends({ programs, factor, ...urls }: BackendOptions): Promise<Backends> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.adopt(mkdtempSync(join(tmpdir(), 'brownout-demo-')), (path) =>
    rmSync(path, { recursive: true, force: true }),
  );
  for (const name of ['tls', 'agent-queue', 'gateway-queue']) mkdirSync(join(folder, name));
  await makeCertificates(join(folder, 'tls'));
  writeFileSync(join(folder, 'token'), 'demo\n');
  const shipped = (path: string) => readFileSync(join(DASHBOARDS, path), 'utf8');
  const [agentMetrics = '', gatewayMetrics = '', scraped = ''] = await freePorts(3);

  const alertmanager = stack.adopt(
    await startAlertmanager({
      path: programs.alertmanager.path,
      config: scaleAlertmanager(shipped('alertmanager/alertmanager.yaml'), factor, urls.receiversUrl),
    }),
    (one) => one.stop(),
  );
  const takesOtlp = Number.parseInt(programs.prometheus.version, 10) >= 3;
  const prometheus = stack.adopt(
    await startPrometheus({
      path: programs.prometheus.path,
      config: prometheusConfig({
        every: `${MINUTE / factor}ms`,
        alertmanager: new URL(alertmanager.url).host,
        collectors: [agentMetrics, gatewayMetrics],
        applications: takesOtlp ? null : scraped,
      }),
      files: Object.fromEntries(RULES.map((name) => [name, scaleYaml(shipped(`prometheus/${name}`), factor)])),
      args: [`--query.lookback-delta=${(5 * MINUTE) / factor}ms`, ...(takesOtlp ? ['--web.enable-otlp-receiver'] : [])],
    }),
    (one) => one.stop(),
  );

  const common = { TLS_DIRECTORY: join(folder, 'tls') };
  const gateway = stack.use(
    await startCollector(programs.otelcol.path, {
      files: ['gateway.yaml', 'masking.yaml', ...(takesOtlp ? [] : ['overlays/prometheus-scrape.yaml'])],
      // What stands for the trace store reads plain JSON.
      set: Object.fromEntries(
        ['traces', 'sampled', 'logs'].flatMap((exporter) => [
          [`exporters.otlp_http/${exporter}.encoding`, 'json'],
          [`exporters.otlp_http/${exporter}.compression`, 'none'],
        ]),
      ),
      environment: {
        ...common,
        SENDER_TOKENS_FILE: join(folder, 'token'),
        QUEUE_DIRECTORY: join(folder, 'gateway-queue'),
        SELF_METRICS_PORT: gatewayMetrics,
        SCRAPE_PORT: scraped,
        METRICS_URL: `${prometheus.url}/api/v1/otlp`,
        TRACES_URL: urls.tracesUrl,
        LOGS_URL: urls.tracesUrl,
      },
    }),
  );
  const agent = stack.use(
    await startCollector(programs.otelcol.path, {
      files: ['agent.yaml', 'masking.yaml'],
      environment: {
        ...common,
        GATEWAY_TOKEN_FILE: join(folder, 'token'),
        QUEUE_DIRECTORY: join(folder, 'agent-queue'),
        SELF_METRICS_PORT: agentMetrics,
        GATEWAY_ENDPOINT: gateway.grpc,
      },
    }),
  );
  const running = stack.move();
  return {
    agentUrl: agent.url,
    prometheusUrl: prometheus.url,
    alertmanagerUrl: alertmanager.url,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

interface PrometheusOptions {
  /** Between two scrapes, and two evaluations. */
  readonly every: string;
  readonly alertmanager: string;
  /** Ports of the Collectors' own metrics. */
  readonly collectors: readonly string[];
  /** Port of the applications' metrics, where they are fetched. */
  readonly applications: string | null;
}

function prometheusConfig({ every, alertmanager, collectors, applications }: PrometheusOptions): string {
  const targets = (...ports: readonly string[]) => [{ targets: ports.map((port) => `127.0.0.1:${port}`) }];
  return stringify({
    global: { scrape_interval: every, scrape_timeout: every, evaluation_interval: every },
    rule_files: RULES,
    alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanager] }] }] },
    scrape_configs: [
      { job_name: 'collectors', static_configs: targets(...collectors) },
      ...(applications === null
        ? []
        : [{ job_name: 'applications', honor_labels: true, static_configs: targets(applications) }]),
    ],
    // Metrics may come late after an outage of the gateway.
    ...(applications === null ? { storage: { tsdb: { out_of_order_time_window: '30m' } } } : {}),
  });
}
