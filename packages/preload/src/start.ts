import type { DiagLogger } from '@opentelemetry/api';
import type { Instrumentation } from '@opentelemetry/instrumentation';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { addSpanProcessor } from './add-span-processor.ts';
import { describeApplication } from './application.ts';
import { createDiagnostics } from './diagnostics.ts';
import { hookImports, patchBuiltinModules } from './ecmascript-modules.ts';
import { collectMetrics } from './export/collect-metrics.ts';
import { handOver } from './export/hand-over.ts';
import { isDetached } from './export/otlp-exporter.ts';
import { OtlpTransport } from './export/otlp-transport.ts';
import { plainHttp } from './export/plain-http.ts';
import { chooseInstrumentations } from './instrumentations.ts';
import { watchExit } from './lifecycle.ts';
import { load } from './load.ts';
import { loadSdkNode } from './sdk-node.ts';

type Api = typeof import('@opentelemetry/api');

/** Longest time that `process.exit()` or an uncaught exception is delayed, and only where there is something to deliver. */
const HAND_OVER_MILLISECONDS = 300;

/** Our voice instead of the console logger that the SDK would put in its place when `OTEL_LOG_LEVEL` is set. */
function speakThroughDiag({ diag, DiagLogLevel }: Api): void {
  const { diagLogLevelFromString, getStringFromEnv } = load(
    '@opentelemetry/core',
  ) as typeof import('@opentelemetry/core');
  const logLevel = diagLogLevelFromString(getStringFromEnv('OTEL_LOG_LEVEL')) ?? DiagLogLevel.WARN;
  const diagnostics = createDiagnostics(
    (line) => process.stderr.write(line),
    () => performance.now(),
  );
  diag.setLogger(diagnostics, { logLevel, suppressOverrideMessage: true });
}

function withoutVariable<Result>(name: string, act: () => Result): Result {
  const value = process.env[name];
  delete process.env[name];
  try {
    return act();
  } finally {
    if (value !== undefined) process.env[name] = value;
  }
}

/** The SDK reads everything else; this one value it would answer with a warning about a choice that is perfectly fine. */
const tracesAreOff = (): boolean => process.env['OTEL_TRACES_EXPORTER']?.trim() === 'none';

interface Flushable {
  forceFlush(): Promise<void>;
}

/** The provider of the SDK behind one of the API. */
function behind(provider: object): object {
  return 'getDelegate' in provider ? (provider as { getDelegate(): object }).getDelegate() : provider;
}

/** A signal that is switched off has a provider that cannot be flushed. */
function flushable(provider: object): readonly Flushable[] {
  const own = behind(provider);
  return 'forceFlush' in own ? [own as Flushable] : [];
}

/** Gives the last metrics to their exporters, if that can be done at once: an SDK of another make loses them. */
function exportLastMetrics(provider: object): void {
  try {
    for (const { exporter, metrics } of collectMetrics(behind(provider), Date.now())) {
      if (isDetached(exporter)) exporter.export(metrics as never, () => {});
    }
  } catch {
    // Whatever the SDK is made like: an exit is no place to say it.
  }
}

/**
 * The SDK asks the host who it is when the first export waits for the answer, which is too late for a program that
 * exits before: this asks at once. A span that never ends is never exported, and is the one public way to the resource.
 */
function completeResource({ trace }: Api): void {
  const { resource } = trace.getTracer('@brownout/preload').startSpan('resource') as Partial<ReadableSpan>;
  void resource?.waitForAsyncAttributes?.();
}

function deliverAtExit({ trace, logs, metrics }: Api, settleCalls: () => void): void {
  const records = [...flushable(trace.getTracerProvider()), ...flushable(logs.getLoggerProvider())];
  const everything = [...records, ...flushable(metrics.getMeterProvider())];
  const flush = (providers: readonly Flushable[]): Promise<unknown> =>
    Promise.allSettled(providers.map((provider) => provider.forceFlush()));
  watchExit({
    flushRecords: () => flush(records),
    flushAll: () => flush(everything).then(() => OtlpTransport.idle()),
    deliveries: () => OtlpTransport.started,
    lastCall: () => {
      settleCalls();
      OtlpTransport.lastCall();
    },
    handOver: ({ withMetrics }) => {
      settleCalls();
      const parcels = OtlpTransport.collectParcels();
      void flush(records);
      if (withMetrics) exportLastMetrics(metrics.getMeterProvider());
      handOver(parcels, HAND_OVER_MILLISECONDS);
    },
  });
}

/** Starts OpenTelemetry in this thread. Everything is loaded and set up before this returns. */
export function start(): void {
  const api = load('@opentelemetry/api') as Api;
  const { diag } = api;
  plainHttp();
  speakThroughDiag(api);

  const { BrownoutInstrumentation } = load('@brownout/instrumentation') as typeof import('@brownout/instrumentation');
  const brownout = new BrownoutInstrumentation();
  brownout.enable();
  const { NodeSDK } = loadSdkNode(diag);
  const { defaultResource, resourceFromAttributes } = load(
    '@opentelemetry/resources',
  ) as typeof import('@opentelemetry/resources');

  const application = describeApplication(process.argv[1], process.cwd());
  const { instrumentations, auto } = chooseInstrumentations(application.directory, brownout.httpAttemptHook);
  const name = application.name === undefined ? {} : { 'service.name': application.name };
  const sdk = withoutVariable('OTEL_LOG_LEVEL', () => {
    return new NodeSDK({
      resource: defaultResource().merge(resourceFromAttributes(name)),
      instrumentations: [brownout, ...instrumentations],
      ...(tracesAreOff() && { spanProcessors: [] }),
    });
  });
  sdk.start();

  patchBuiltinModules();
  if (auto !== undefined) tryToHookImports(auto, instrumentations, diag);
  if (!tracesAreOff() && !addSpanProcessor(api.trace.getTracerProvider(), brownout.taskSpanProcessor)) {
    diag.warn('what tasks spend their time on is not measured: this version of the OpenTelemetry SDK is not known.');
  }
  completeResource(api);
  deliverAtExit(api, () => brownout.settleCalls());
}

function tryToHookImports(auto: string, instrumentations: readonly Instrumentation[], diag: DiagLogger): void {
  try {
    hookImports(auto, instrumentations, diag);
  } catch (error) {
    diag.warn(`packages that are imported as ES modules are not traced: ${String(error)}`);
  }
}
