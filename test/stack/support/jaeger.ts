import { join } from 'node:path';
import { type Collector, freePorts, startCollector } from '../../../tools/programs/start-collector.ts';

/** What Jaeger's own pages ask it for. */
export interface JaegerTrace {
  readonly traceID: string;
  readonly spans: readonly JaegerSpan[];
  readonly processes: Readonly<Record<string, { readonly serviceName: string }>>;
}
export interface JaegerSpan {
  readonly spanID: string;
  readonly operationName: string;
  readonly references: readonly { readonly refType: string; readonly spanID: string }[];
  readonly tags: readonly { readonly key: string; readonly value: string | number | boolean }[];
}

export interface Jaeger extends Collector {
  /** Traces of a service with a span that has these attributes. */
  search(service: string, tags?: Readonly<Record<string, string>>): Promise<readonly JaegerTrace[]>;
}

/** Starts a real Jaeger (2.x, which is a Collector with a store) on free ports. */
export async function startJaeger(path: string): Promise<Jaeger> {
  const [port = ''] = await freePorts(1);
  const configuration = { files: [join(import.meta.dirname, 'jaeger.yaml')], environment: { QUERY_PORT: port } };
  const collector = await startCollector(path, configuration);
  return {
    ...collector,
    async search(service, tags = {}) {
      const query = new URLSearchParams({ service, tags: JSON.stringify(tags), limit: '1000', lookback: '1h' });
      const answer = await fetch(`http://127.0.0.1:${port}/api/traces?${query.toString()}`);
      if (!answer.ok) throw new Error(`Jaeger answered ${answer.status}: ${await answer.text()}`);
      return ((await answer.json()) as { readonly data: readonly JaegerTrace[] }).data;
    },
  };
}
