import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

export interface Database {
  /** By which a PostgreSQL client finds it. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** A real PostgreSQL, compiled to WebAssembly, on a free port and in memory. */
export async function startDatabase(): Promise<Database> {
  const database = await PGlite.create();
  await database.exec(readFileSync(join(import.meta.dirname, 'database.sql'), 'utf8'));
  const server = new PGLiteSocketServer({ db: database, host: '127.0.0.1', port: 0, maxConnections: 20 });
  await server.start();
  const [PGHOST = '', PGPORT = ''] = server.getServerConn().split(':');
  return {
    environment: { PGHOST, PGPORT, PGUSER: 'postgres', PGDATABASE: 'postgres' },
    async close() {
      await server.stop();
      await database.close();
    },
  };
}
