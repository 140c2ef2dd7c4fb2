import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A base URL on 127.0.0.1 that refuses every connection (ECONNREFUSED): a port that was just free, closed again. */
export function refusedUrl(): Promise<string> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(`http://127.0.0.1:${port}`));
    });
  });
}
