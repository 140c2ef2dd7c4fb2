import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** Attributes of a span. */
export type SpanAttributes = Readonly<Record<string, string>>;

/** Takes spans, as OTLP in JSON, and keeps what they say: as much of a trace store as links to one need. */
export interface SpanStore extends AsyncDisposable {
  readonly url: string;
  readonly spans: readonly SpanAttributes[];
}

interface Traces {
  readonly resourceSpans?: readonly {
    readonly scopeSpans?: readonly {
      readonly spans?: readonly {
        readonly attributes?: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
      }[];
    }[];
  }[];
}

export async function startSpanStore(): Promise<SpanStore> {
  const spans: SpanAttributes[] = [];
  const server = createServer((request, response) => {
    void (json(request) as Promise<Traces>).then(({ resourceSpans = [] }) => {
      for (const { attributes = [] } of resourceSpans
        .flatMap(({ scopeSpans = [] }) => scopeSpans)
        .flatMap(({ spans: given = [] }) => given))
        spans.push(Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? ''])));
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`,
    spans,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
