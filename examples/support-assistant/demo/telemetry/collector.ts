import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { logsOf, metricsOf, spansOf, type OtlpPayload } from './otlp.ts';
import { readSample, type Sample } from './sample.ts';
import {
  readIncidentEvents,
  readPageSample,
  type IncidentEvent,
  type PageSample,
  type PageTelemetry,
} from './status-page.ts';
import { readCallSpans, readTicketSpans, type CallSpan, type TicketSpan } from './spans.ts';

/** Everything that the service and the poller of status pages have exported since the load began. */
export interface Telemetry {
  readonly samples: readonly Sample[];
  readonly calls: readonly CallSpan[];
  readonly tickets: readonly TicketSpan[];
  readonly pages: PageTelemetry;
}

export interface Collector extends Telemetry {
  readonly url: string;
  /** Times count from here on. In milliseconds since the Unix epoch. */
  beginAt(origin: number): void;
  close(): void;
}

/** An OTLP/HTTP endpoint on a free port that keeps what it receives as JSON. */
export async function startCollector(): Promise<Collector> {
  const samples: Sample[] = [];
  const calls: CallSpan[] = [];
  const tickets: TicketSpan[] = [];
  const pages: { readonly samples: PageSample[]; readonly events: IncidentEvent[] } = { samples: [], events: [] };
  let origin = Date.now();

  const receive = (payload: OtlpPayload) => {
    const metrics = metricsOf(payload);
    const at = (Date.now() - origin) / 1000;
    const page = readPageSample(at, metrics, origin / 1000);
    if (page !== null) pages.samples.push(page);
    else if (metrics.length > 0) samples.push(readSample(at, metrics));
    pages.events.push(...readIncidentEvents(logsOf(payload), origin / 1000));
    const spans = spansOf(payload);
    calls.push(...readCallSpans(spans, origin));
    tickets.push(...readTicketSpans(spans, origin));
  };

  const server = createServer((request, response) => {
    json(request)
      .then((payload) => {
        receive(payload as OtlpPayload);
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      })
      .catch(() => response.writeHead(400).end());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    samples,
    calls,
    tickets,
    pages,
    beginAt: (time) => {
      origin = time;
      pages.samples.length = 0;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
