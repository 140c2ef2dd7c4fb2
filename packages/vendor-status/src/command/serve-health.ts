import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UsageError } from './vendor-arguments.ts';

export interface HealthServer {
  readonly port: number;
  close(): void;
}

/**
 * Answers `GET /healthz` with 200 and what `state` gives, for a liveness probe: a process that answers can poll. That a
 * vendor's page is down is no reason to start anew.
 */
export async function serveHealth(port: number, state: () => object): Promise<HealthServer> {
  const server = createServer((request, response) => {
    if (request.url !== '/healthz') return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'application/json' }).end(`${JSON.stringify(state())}\n`);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new UsageError(`The health port cannot be used: ${error.message}`)));
    server.listen(port, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
