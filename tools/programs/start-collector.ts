import { spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../collector/', import.meta.url));

/** Files in `collector/`, later ones over earlier ones, and single settings over all of them, as `--set` takes them. */
export interface Configuration {
  readonly files: readonly string[];
  readonly set?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Collector extends AsyncDisposable {
  /** Where it takes OTLP over gRPC. */
  readonly grpc: string;
  /** Base URL of its OTLP over HTTP. */
  readonly url: string;
  /** Of its process. */
  readonly pid: number;
  /** Everything that it has written. */
  output(): string;
  /** Its own metrics, as it serves them to Prometheus. */
  metrics(): Promise<string>;
  /** Ends it at once, as the kernel does where memory is short. */
  kill(): Promise<void>;
}

export const argumentsOf = ({ files, set = {} }: Configuration): readonly string[] => [
  ...files.flatMap((file) => ['--config', isAbsolute(file) ? file : `${FOLDER}${file}`]),
  ...Object.entries(set).flatMap(([key, value]) => ['--set', `${key}=${value}`]),
];

/** Starts a real Collector, on free ports where its environment names none, and waits until it takes data. */
export async function startCollector(path: string, configuration: Configuration): Promise<Collector> {
  const [grpc, http, health, metrics] = await freePorts(4);
  const env = {
    OTLP_GRPC_PORT: grpc,
    OTLP_HTTP_PORT: http,
    HEALTH_PORT: health,
    SELF_METRICS_PORT: metrics,
    ...configuration.environment,
  };
  const child = spawn(path, argumentsOf(configuration), {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const exited = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  const ready = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (output.includes('Everything is ready')) resolve();
      });
  });
  const ended = exited.then(() => Promise.reject(new Error(`the Collector ended before it was ready:\n${output}`)));
  await Promise.race([ready, ended]);
  ended.catch(() => {});
  return {
    grpc: `127.0.0.1:${env.OTLP_GRPC_PORT}`,
    url: `http://127.0.0.1:${env.OTLP_HTTP_PORT}`,
    pid: child.pid ?? 0,
    output: () => output,
    metrics: async () => (await fetch(`http://127.0.0.1:${env.SELF_METRICS_PORT}/metrics`)).text(),
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async [Symbol.asyncDispose]() {
      child.kill();
      await exited;
    },
  };
}

export async function freePorts(count: number): Promise<readonly string[]> {
  const servers = Array.from({ length: count }, () => createServer());
  await Promise.all(servers.map((server) => new Promise<void>((open) => server.listen(0, '127.0.0.1', open))));
  const ports = servers.map((server) => String((server.address() as AddressInfo).port));
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
}
