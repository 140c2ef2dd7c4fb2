import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OtlpSink, type SinkBehaviour } from '../../support/otlp-sink.ts';
import { makeCertificates } from '../../../tools/programs/make-certificates.ts';
import type { Collector } from '../../../tools/programs/start-collector.ts';
import { startCollector } from './collector.ts';

type Signal = 'traces' | 'metrics' | 'logs';

/** An application's way out as in production: an agent, over TLS and with a token to a gateway, and one place for all signals. */
export interface AgentAndGateway extends AsyncDisposable {
  readonly agent: Collector;
  readonly gateway: Collector;
  readonly destination: OtlpSink;
  /** Sends OTLP as JSON to the agent. */
  send(signal: Signal, payload: object): Promise<void>;
  /** Everything in the queues of both, as it lies on the disk. */
  onDisk(): Buffer;
}

/** @param behaviour of the destination: one that refuses leaves the data in the gateway's queue */
export async function startAgentAndGateway(behaviour: SinkBehaviour = 'accept'): Promise<AgentAndGateway> {
  const folder = await makeFolder();
  const destination = await OtlpSink.start(behaviour);
  const gateway = await startGateway(folder, destination);
  const agent = await startAgent(folder, gateway.grpc);
  return {
    agent,
    gateway,
    destination,
    send: (signal, payload) => send(agent, signal, payload),
    onDisk: () => queuesIn(folder),
    async [Symbol.asyncDispose]() {
      await agent[Symbol.asyncDispose]();
      await gateway[Symbol.asyncDispose]();
      await destination[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const AGENT_QUEUE = 'agent-queue';
const GATEWAY_QUEUE = 'gateway-queue';

/** Everything in the queues of both, as it lies on the disk. */
export const queuesIn = (folder: string): Buffer =>
  Buffer.concat(
    [AGENT_QUEUE, GATEWAY_QUEUE].flatMap((queue) =>
      readdirSync(join(folder, queue)).map((file) => readFileSync(join(folder, queue, file))),
    ),
  );

/** A folder with all that the two need on their disks. */
export async function makeFolder(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'brownout-stack-'));
  for (const name of ['tls', AGENT_QUEUE, GATEWAY_QUEUE]) mkdirSync(join(folder, name));
  await makeCertificates(join(folder, 'tls'));
  writeFileSync(join(folder, 'token'), 'let-the-agent-in\n');
  return folder;
}

/**
 * @param gateway host and port
 * @param token file in the folder
 */
export const startAgent = (
  folder: string,
  gateway: string,
  token = 'token',
  environment: Readonly<Record<string, string>> = {},
): Promise<Collector> =>
  startCollector({
    files: ['agent.yaml', 'masking.yaml'],
    environment: {
      TLS_DIRECTORY: join(folder, 'tls'),
      GATEWAY_TOKEN_FILE: join(folder, token),
      QUEUE_DIRECTORY: join(folder, AGENT_QUEUE),
      GATEWAY_ENDPOINT: gateway,
      ...environment,
    },
  });

/** The encoding in which a gateway sends traces: by one exporter those that are bad, by the other what it sampled. */
export const tracesAs = (encoding: 'json' | 'proto'): Readonly<Record<string, string>> => ({
  'exporters.otlp_http/traces.encoding': encoding,
  'exporters.otlp_http/sampled.encoding': encoding,
});

/** @param overlays files in `collector/overlays/` */
export const startGateway = (
  folder: string,
  { url }: OtlpSink,
  overlays: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
  set: Readonly<Record<string, string>> = {},
): Promise<Collector> =>
  startCollector({
    files: ['gateway.yaml', 'masking.yaml', ...overlays.map((name) => `overlays/${name}`)],
    // The sink reads JSON; nobody waits ninety seconds for a test.
    set: {
      ...tracesAs('json'),
      'exporters.otlp_http/metrics.encoding': 'json',
      'exporters.otlp_http/logs.encoding': 'json',
      'processors.interval.interval': '1s',
      'processors.tail_sampling.decision_wait': '2s',
      'processors.tail_sampling.decision_wait_after_root_received': '1s',
      ...set,
    },
    environment: {
      TLS_DIRECTORY: join(folder, 'tls'),
      SENDER_TOKENS_FILE: join(folder, 'token'),
      QUEUE_DIRECTORY: join(folder, GATEWAY_QUEUE),
      TRACES_URL: url,
      METRICS_URL: url,
      LOGS_URL: url,
      ...environment,
    },
  });

/** Sends OTLP as JSON, as an application does. */
export async function send(agent: Pick<Collector, 'url'>, signal: Signal, payload: object): Promise<void> {
  const response = await fetch(`${agent.url}/v1/${signal}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(payload),
  });
  if (!response.ok) throw new Error(`the agent answered ${response.status}: ${await response.text()}`);
}

/** Sends OTLP as JSON to the gateway itself, with a certificate and a token as an agent has them. */
export async function sendToGateway(
  folder: string,
  gateway: Collector,
  signal: Signal,
  payload: object,
): Promise<void> {
  const [ca, cert, key] = ['ca.crt', 'tls.crt', 'tls.key'].map((file) => readFileSync(join(folder, 'tls', file)));
  const authorization = `Bearer ${readFileSync(join(folder, 'token'), 'utf8').trim()}`;
  const sending = request(`${gateway.url.replace('http:', 'https:')}/v1/${signal}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    ca,
    cert,
    key,
  });
  sending.end(JSON.stringify(payload));
  const [{ statusCode }] = (await once(sending, 'response')) as [IncomingMessage];
  if (statusCode !== 200) throw new Error(`the gateway answered ${statusCode}`);
}
