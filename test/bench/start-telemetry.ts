import { createRequire } from 'node:module';

// CommonJS, because that is what the peer can hook without further ado.
const require = createRequire(import.meta.url);

/** Exports that cost nothing: what is recorded is batched and dropped. */
const dropping = {
  export: (_items: unknown, done: (result: { code: number }) => void) => done({ code: 0 }),
  shutdown: () => Promise.resolve(),
  forceFlush: () => Promise.resolve(),
};

/**
 * Starts the OpenTelemetry SDK in this process with the instrumentation of the variant; the others need nothing here.
 *
 * @returns a check that throws where the instrumentation has seen no call: the peer says nothing of an SDK whose version it
 *   does not know, and would be measured as free.
 */
export function startTelemetry(variant: string): () => Promise<void> {
  if (variant !== 'sdk' && variant !== 'peer' && variant !== 'brownout' && variant !== 'brownoutQuiet')
    return () => Promise.resolve();
  const { NodeSDK } = require('@opentelemetry/sdk-node') as typeof import('@opentelemetry/sdk-node');
  const { BatchSpanProcessor } = require('@opentelemetry/sdk-trace') as typeof import('@opentelemetry/sdk-trace');
  const { BatchLogRecordProcessor } = require('@opentelemetry/sdk-logs') as typeof import('@opentelemetry/sdk-logs');
  const { PeriodicExportingMetricReader } =
    require('@opentelemetry/sdk-metrics') as typeof import('@opentelemetry/sdk-metrics');
  let spans = 0;
  const counting = {
    ...dropping,
    export(items: readonly unknown[], done: (result: { code: number }) => void) {
      spans += items.length;
      dropping.export(items, done);
    },
  };
  const processor = new BatchSpanProcessor({ exporter: counting });
  new NodeSDK({
    spanProcessors: [processor],
    logRecordProcessors: [new BatchLogRecordProcessor({ exporter: dropping })],
    metricReaders: [new PeriodicExportingMetricReader({ exporter: dropping, exportIntervalMillis: 60_000 })],
    instrumentations: instrumentations(variant) as never,
  }).start();
  return async () => {
    await processor.forceFlush();
    if (variant !== 'sdk' && spans === 0) throw new Error(`${variant} has seen no call: there is nothing to measure.`);
  };
}

function instrumentations(variant: 'sdk' | 'peer' | 'brownout' | 'brownoutQuiet'): unknown[] {
  switch (variant) {
    case 'sdk':
      return [];
    case 'peer': {
      const { OpenAIInstrumentation } =
        require('@opentelemetry/instrumentation-openai') as typeof import('@opentelemetry/instrumentation-openai');
      return [new OpenAIInstrumentation()];
    }
    case 'brownout':
    case 'brownoutQuiet': {
      const { BrownoutInstrumentation } =
        require('@brownout/instrumentation') as typeof import('@brownout/instrumentation');
      if (variant === 'brownoutQuiet') process.env['BROWNOUT_DETECTORS'] = 'none';
      return [new BrownoutInstrumentation()];
    }
    default:
      return variant satisfies never;
  }
}
