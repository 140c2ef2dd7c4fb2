import { rmSync } from 'node:fs';
import { findProgram } from '../../../tools/programs/find-program.ts';
import { freePorts } from '../../../tools/programs/start-collector.ts';
import { type RunningProgram, startPrometheus } from '../../../tools/programs/start-program.ts';
import { OtlpSink } from '../../support/otlp-sink.ts';
import { makeFolder, send, startAgent, startGateway } from './agent-and-gateway.ts';

/** How metrics get from the gateway into Prometheus, and what Prometheus needs for that. */
const WAYS = {
  OTLP: { overlays: [], args: ['--web.enable-otlp-receiver'], path: '/api/v1/otlp' },
  'remote write': {
    overlays: ['remote-write.yaml'],
    args: ['--web.enable-remote-write-receiver'],
    path: '/api/v1/write',
  },
  scrape: { overlays: ['prometheus-scrape.yaml'], args: [], path: '' },
} as const;

/** Of Debian, before there was OTLP, and the newest. */
const VERSIONS = { 'Prometheus 2': 'debian', 'Prometheus 3': 'build' } as const;

export const COMBINATIONS = [
  { way: 'OTLP', version: 'Prometheus 3' },
  { way: 'remote write', version: 'Prometheus 2' },
  { way: 'remote write', version: 'Prometheus 3' },
  { way: 'scrape', version: 'Prometheus 2' },
  { way: 'scrape', version: 'Prometheus 3' },
] as const satisfies readonly { readonly way: keyof typeof WAYS; readonly version: keyof typeof VERSIONS }[];
export type Combination = (typeof COMBINATIONS)[number];

export interface IntoPrometheus extends AsyncDisposable {
  readonly prometheus: RunningProgram;
  send(payload: object): Promise<void>;
  /** Kill it and start it again, where it was. */
  restart(which: 'agent' | 'gateway'): Promise<void>;
  /** The series of an instant query. */
  query(promql: string): Promise<readonly Series[]>;
  get(path: string): Promise<unknown>;
}

export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

/** @returns why not, where such a Prometheus cannot be had */
export async function startIntoPrometheus({ way, version }: Combination): Promise<IntoPrometheus | string> {
  const found = await findProgram('prometheus', VERSIONS[version]);
  if (found.kind === 'missing') return found.why;
  const { overlays, args, path } = WAYS[way];
  const folder = await makeFolder();
  const [agentPort = '', gatewayPort = '', scrapePort = ''] = await freePorts(3);
  const prometheus = await startPrometheus({
    path: found.path,
    config: JSON.stringify({
      global: { scrape_interval: '1s' },
      // As dashboards and collector say it in README.md.
      ...(way === 'scrape' && {
        scrape_configs: [
          { job_name: 'otel-gateway', honor_labels: true, static_configs: [{ targets: [`127.0.0.1:${scrapePort}`] }] },
        ],
      }),
    }),
    args: [...args, '--enable-feature=exemplar-storage'],
  });
  const destination = await OtlpSink.start();
  const gateway = () =>
    startGateway(
      folder,
      destination,
      overlays,
      { OTLP_GRPC_PORT: gatewayPort, SCRAPE_PORT: scrapePort, METRICS_URL: `${prometheus.url}${path}` },
      { 'exporters.otlp_http/metrics.encoding': 'proto' },
    );
  const agent = () => startAgent(folder, `127.0.0.1:${gatewayPort}`, 'token', { OTLP_HTTP_PORT: agentPort });
  const running = { gateway: await gateway(), agent: await agent() };
  const get = async (query: string): Promise<unknown> => (await fetch(`${prometheus.url}/api/v1/${query}`)).json();
  return {
    prometheus,
    send: (payload) => send(running.agent, 'metrics', payload),
    async restart(which) {
      await running[which].kill();
      running[which] = await (which === 'agent' ? agent() : gateway());
    },
    async query(promql) {
      const answer = (await get(`query?query=${encodeURIComponent(promql)}`)) as {
        readonly data?: { readonly result: readonly Series[] };
        readonly error?: string;
      };
      if (answer.data === undefined) throw new Error(`${promql}: ${answer.error}`);
      return answer.data.result;
    },
    get,
    async [Symbol.asyncDispose]() {
      await running.agent[Symbol.asyncDispose]();
      await running.gateway[Symbol.asyncDispose]();
      await destination[Symbol.asyncDispose]();
      await prometheus.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
