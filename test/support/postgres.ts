import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

/** A PostgreSQL that this process runs and that any client reaches over a socket. */
export interface Postgres {
  readonly environment: Readonly<Record<'PGHOST' | 'PGPORT' | 'PGUSER' | 'PGDATABASE', string>>;
  close(): Promise<void>;
}

/** Starts one on a free port: the real thing, compiled to WebAssembly, in memory. Takes about two seconds. `sql` fills it. */
export async function startPostgres(sql: string): Promise<Postgres> {
  const db = await PGlite.create();
  await db.exec(sql);
  const server = new PGLiteSocketServer({ db, host: '127.0.0.1', port: 0, maxConnections: 10 });
  await server.start();
  const [PGHOST = '', PGPORT = ''] = server.getServerConn().split(':');
  return {
    environment: { PGHOST, PGPORT, PGUSER: 'postgres', PGDATABASE: 'postgres' },
    async close() {
      await server.stop();
      await db.close();
    },
  };
}
