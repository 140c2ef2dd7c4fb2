import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { OtlpSink } from '../../support/otlp-sink.ts';
import { makeFolder, send, tracesAs } from './agent-and-gateway.ts';
import { type Collector, type Configuration, freePorts } from '../../../tools/programs/start-collector.ts';
import { startCollector } from './collector.ts';

/** Two gateways with one destination, and a way in that sends all spans of a trace to the same one. */
export interface TwoGateways extends AsyncDisposable {
  readonly destination: OtlpSink;
  /** To the application's agent. Where there is no load balancer, the sender says which gateway a trace is for. */
  send(payload: object, gateway: 0 | 1): Promise<void>;
  /** Ends the second gateway at once. */
  killGateway(): Promise<void>;
  /** Starts it again, where it was and with its disk. */
  restartGateway(): Promise<void>;
  /** Items in the queues of all that runs. */
  waiting(): Promise<number>;
}

export type WayIn = 'load balancer' | 'two agents';

/** What nobody wants to wait for in a test. */
const DECISIONS = {
  'processors.tail_sampling.decision_wait': '6s',
  'processors.tail_sampling.decision_wait_after_root_received': '2s',
};

export async function startTwoGateways(wayIn: WayIn): Promise<TwoGateways> {
  const folder = await makeFolder();
  const destination = await OtlpSink.start();
  const common = {
    TLS_DIRECTORY: join(folder, 'tls'),
    SENDER_TOKENS_FILE: join(folder, 'token'),
    GATEWAY_TOKEN_FILE: join(folder, 'token'),
  };
  const withQueue = (name: string): { readonly QUEUE_DIRECTORY: string } => {
    mkdirSync(join(folder, name), { recursive: true });
    return { QUEUE_DIRECTORY: join(folder, name) };
  };
  const ports = await freePorts(2);
  const gateway = (number: 0 | 1): Configuration => ({
    files: ['gateway.yaml', 'masking.yaml'],
    set: { ...tracesAs('json'), ...DECISIONS },
    environment: {
      ...common,
      ...withQueue(`gateway-${number}`),
      OTLP_GRPC_PORT: ports[number] ?? '',
      INSTANCE_ID: `gateway-${number}`,
      TRACES_URL: destination.url,
      METRICS_URL: destination.url,
    },
  });
  const agent = (number: 0 | 1, to: string): Promise<Collector> =>
    startCollector({
      files: ['agent.yaml', 'masking.yaml'],
      environment: { ...common, ...withQueue(`agent-${number}`), GATEWAY_ENDPOINT: to },
    });

  const first = await startCollector(gateway(0));
  let second = await startCollector(gateway(1));
  const tier =
    wayIn === 'load balancer'
      ? [
          await startCollector({
            files: ['load-balancer.yaml', 'masking.yaml'],
            environment: { ...common, ...withQueue('load-balancer'), GATEWAYS: `[${first.grpc}, ${second.grpc}]` },
          }),
        ]
      : [];
  const agents = await Promise.all(
    [0, 1].map((number) => agent(number as 0 | 1, (tier[0] ?? (number === 0 ? first : second)).grpc)),
  );
  const running = (): readonly Collector[] => [...agents, ...tier, first, second];
  return {
    destination,
    send: (payload, number) => send(agents[number] as Collector, 'traces', payload),
    killGateway: () => second.kill(),
    async restartGateway() {
      second = await startCollector(gateway(1));
    },
    async waiting() {
      const texts = await Promise.all(running().map((collector) => collector.metrics()));
      const sizes = texts.join('\n').matchAll(/^otelcol_exporter_queue_size\S* (\S+)$/gm);
      return [...sizes].reduce((sum, [, size]) => sum + Number(size), 0);
    },
    async [Symbol.asyncDispose]() {
      for (const collector of running()) await collector[Symbol.asyncDispose]();
      await destination[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
