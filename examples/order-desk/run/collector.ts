import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { readSpans } from './spans.ts';
import type { Span, TracePayload } from './spans.ts';

export interface Collector {
  readonly url: string;
  /** Everything that was received, in any order. */
  readonly spans: readonly Span[];
  close(): void;
}

/** An OTLP/HTTP endpoint on a free port that keeps the spans that it receives as JSON. */
export async function startCollector(): Promise<Collector> {
  const spans: Span[] = [];
  const server = createServer((request, response) => {
    json(request).then(
      (payload) => {
        spans.push(...readSpans(payload as TracePayload));
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      },
      () => response.writeHead(400).end(),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
