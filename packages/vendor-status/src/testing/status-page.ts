import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Serves on loopback until it is disposed of. */
export async function serve(listener: RequestListener): Promise<{ readonly url: string } & AsyncDisposable> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A Statuspage v2 summary, composed from the format's documentation; it is not a capture. */
export const summary = (status: string, incidents: readonly object[] = []) => ({
  page: { id: 'page', name: 'Claude' },
  components: [
    { id: 'a', name: 'claude.ai', status: 'major_outage', group: false },
    { id: 'b', name: 'Claude API (api.anthropic.com)', status, group: false },
  ],
  incidents,
});

export const INCIDENT = {
  id: 'i1',
  name: 'Elevated errors',
  impact: 'none',
  status: 'investigating',
  shortlink: 'https://status.example/i1',
};
