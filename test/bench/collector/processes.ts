import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { makeCertificates } from '../../../tools/programs/make-certificates.ts';
import { startCollector, type Collector } from '../../../tools/programs/start-collector.ts';

/** Agent and gateway as shipped, over TLS with a token, and a destination that takes everything. */
export interface Pair extends AsyncDisposable {
  readonly agent: Collector;
  readonly gateway: Collector;
  /** Bytes on the disk of the agent's queue. */
  agentQueueBytes(): number;
}

export interface PairOptions {
  readonly otelcol: string;
  /** Where the queues lie. */
  readonly disk: string;
  /** Nobody listens where the agent sends to. */
  readonly gatewayAway?: boolean;
}

export async function startPair({ otelcol, disk, gatewayAway = false }: PairOptions): Promise<Pair> {
  const folder = mkdtempSync(join(disk, 'bench-collector-'));
  for (const name of ['tls', 'agent-queue', 'gateway-queue']) mkdirSync(join(folder, name));
  await makeCertificates(join(folder, 'tls'));
  writeFileSync(join(folder, 'token'), 'bench\n');
  const destination = createServer((request, response) => {
    request.resume().once('end', () => response.writeHead(200).end());
  });
  await new Promise<void>((resolve) => destination.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(destination.address() as AddressInfo).port}`;
  const common = { TLS_DIRECTORY: join(folder, 'tls') };
  const gateway = await startCollector(otelcol, {
    files: ['gateway.yaml', 'masking.yaml'],
    environment: {
      ...common,
      GOMEMLIMIT: '1638MiB',
      SENDER_TOKENS_FILE: join(folder, 'token'),
      QUEUE_DIRECTORY: join(folder, 'gateway-queue'),
      TRACES_URL: url,
      METRICS_URL: url,
      LOGS_URL: url,
    },
  });
  const agent = await startCollector(otelcol, {
    files: ['agent.yaml', 'masking.yaml'],
    environment: {
      ...common,
      GOMEMLIMIT: '409MiB',
      GATEWAY_TOKEN_FILE: join(folder, 'token'),
      QUEUE_DIRECTORY: join(folder, 'agent-queue'),
      GATEWAY_ENDPOINT: gatewayAway ? '127.0.0.1:1' : gateway.grpc,
    },
  });
  return {
    agent,
    gateway,
    agentQueueBytes: () =>
      readdirSync(join(folder, 'agent-queue')).reduce(
        (sum, file) => sum + statSync(join(folder, 'agent-queue', file)).blocks * 512,
        0,
      ),
    async [Symbol.asyncDispose]() {
      await agent[Symbol.asyncDispose]();
      await gateway[Symbol.asyncDispose]();
      destination.close();
      destination.closeAllConnections();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** Processor time that a process has used, in seconds, and what it holds now, in MiB. Linux alone tells it like this. */
export function usageOf({ pid }: Collector): { readonly seconds: number; readonly residentMiB: number } {
  // After the name in brackets, which may hold anything: utime and stime are the 14th and 15th field of all.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  const resident = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return {
    seconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
    residentMiB: Number(resident) / 1024,
  };
}

/**
 * A number that a Collector tells of itself, summed over its labels.
 *
 * @param without a label, as it is written: series that have it are left out
 */
export async function ownMetric(collector: Collector, name: string, without?: string): Promise<number> {
  const lines = (await collector.metrics())
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
    .filter((line) => without === undefined || !line.includes(without));
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}
