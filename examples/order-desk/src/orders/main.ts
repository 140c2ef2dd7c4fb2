import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'pg';

/** Knows where orders are. Has never heard of telemetry. */
const database = new Pool();

async function find(path: string): Promise<string | undefined> {
  const id = /^\/orders\/(\d+)$/.exec(path)?.[1];
  if (id === undefined) return undefined;
  const { rows } = await database.query<{ state: string }>('select state from orders where id = $1', [id]);
  return rows[0]?.state;
}

const server = createServer((request, response) => {
  find(request.url ?? '').then(
    (state) => (state === undefined ? response.writeHead(404).end('no such order') : response.end(state)),
    (error: unknown) => {
      console.error(error);
      response.writeHead(500).end('the database is not there');
    },
  );
});
server.listen(Number(process.env['PORT'] ?? '3001'), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
process.once('SIGTERM', () => {
  server.close();
  void database.end();
});
