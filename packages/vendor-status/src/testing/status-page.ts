import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Vendor } from '../vendors.ts';

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

/** What a page serves now: the body of each path, or a listener of its own. */
export type Documents = Readonly<Record<string, string | Buffer | RequestListener>>;

/** Serves documents as JSON; `change` replaces some of them. What is not there is 404. */
export async function servePage(documents: Documents) {
  let served = documents;
  const server = await serve((request, response) => {
    const document = served[request.url ?? ''];
    if (typeof document === 'function') document(request, response);
    else response.writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json' }).end(document);
  });
  return { ...server, change: (changed: Documents): void => void (served = { ...served, ...changed }) };
}

export const SUMMARY = '/api/v2/summary.json';
export const INCIDENTS = '/api/v2/incidents.json';

/** A Statuspage v2 page, composed from the format's documentation; it is not a capture. */
export const statuspage = (status = 'operational', incidents: readonly object[] = []) => ({
  [SUMMARY]: JSON.stringify({
    page: { id: 'page', name: 'Claude' },
    components: [
      { id: 'a', name: 'claude.ai', status: 'major_outage', group: false },
      { id: 'b', name: 'Claude API (api.anthropic.com)', status, group: false },
    ],
    incidents: [],
  }),
  [INCIDENTS]: JSON.stringify({ incidents }),
});

export const INCIDENT = {
  id: 'i1',
  name: 'Elevated errors on Claude Sonnet 5',
  impact: 'none',
  status: 'investigating',
  shortlink: 'https://status.example/i1',
  started_at: '2026-11-02T10:00:00Z',
  created_at: '2026-11-02T10:20:00.000Z',
  updated_at: '2026-11-02T10:20:00Z',
  resolved_at: null,
  components: [{ id: 'b', name: 'Claude API (api.anthropic.com)', status: 'operational' }],
  incident_updates: [],
};

export const vendorAt = (url: string): Vendor => ({
  name: 'anthropic',
  format: 'statuspage',
  url,
  components: [{ component: 'Claude API', provider: 'anthropic' }],
});
