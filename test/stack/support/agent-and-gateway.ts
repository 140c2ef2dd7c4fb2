import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OtlpSink, type SinkBehaviour } from '../../support/otlp-sink.ts';
import { makeCertificates } from './certificates.ts';
import { startCollector, type Collector } from './collector.ts';

/** An application's way out as in production: an agent, over TLS and with a token to a gateway, and one place for all signals. */
export interface AgentAndGateway extends AsyncDisposable {
  readonly agent: Collector;
  readonly gateway: Collector;
  readonly destination: OtlpSink;
  /** Sends OTLP as JSON to the agent. */
  send(signal: 'traces' | 'metrics' | 'logs', payload: object): Promise<void>;
  /** Everything in the queues of both, as it lies on the disk. */
  onDisk(): Buffer;
}

/** @param behaviour of the destination: one that refuses leaves the data in the gateway's queue */
export async function startAgentAndGateway(behaviour: SinkBehaviour = 'accept'): Promise<AgentAndGateway> {
  const folder = mkdtempSync(join(tmpdir(), 'brownout-stack-'));
  for (const name of ['tls', 'agent-queue', 'gateway-queue']) mkdirSync(join(folder, name));
  await makeCertificates(join(folder, 'tls'));
  const token = join(folder, 'token');
  writeFileSync(token, 'let-the-agent-in\n');

  const destination = await OtlpSink.start(behaviour);
  const gateway = await startCollector({
    files: ['gateway.yaml', 'masking.yaml'],
    // The sink reads JSON; nobody waits ninety seconds for a test.
    set: {
      'exporters.otlp_http/traces.encoding': 'json',
      'exporters.otlp_http/metrics.encoding': 'json',
      'exporters.otlp_http/logs.encoding': 'json',
      'processors.tail_sampling.decision_wait': '2s',
      'processors.tail_sampling.decision_wait_after_root_received': '1s',
    },
    environment: {
      TLS_DIRECTORY: join(folder, 'tls'),
      SENDER_TOKENS_FILE: token,
      QUEUE_DIRECTORY: join(folder, 'gateway-queue'),
      TRACES_URL: destination.url,
      METRICS_URL: destination.url,
      LOGS_URL: destination.url,
    },
  });
  const agent = await startCollector({
    files: ['agent.yaml', 'masking.yaml'],
    environment: {
      TLS_DIRECTORY: join(folder, 'tls'),
      GATEWAY_TOKEN_FILE: token,
      QUEUE_DIRECTORY: join(folder, 'agent-queue'),
      GATEWAY_ENDPOINT: gateway.grpc,
    },
  });
  return {
    agent,
    gateway,
    destination,
    async send(signal, payload) {
      const response = await fetch(`${agent.url}/v1/${signal}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(payload),
      });
      if (!response.ok) throw new Error(`the agent answered ${response.status}: ${await response.text()}`);
    },
    onDisk: () =>
      Buffer.concat(
        ['agent-queue', 'gateway-queue'].flatMap((queue) =>
          readdirSync(join(folder, queue)).map((file) => readFileSync(join(folder, queue, file))),
        ),
      ),
    async [Symbol.asyncDispose]() {
      await agent[Symbol.asyncDispose]();
      await gateway[Symbol.asyncDispose]();
      await destination[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
