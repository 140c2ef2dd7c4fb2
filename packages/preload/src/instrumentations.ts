import { createRequire } from 'node:module';
import path from 'node:path';
import type { Span } from '@opentelemetry/api';
import type { Instrumentation } from '@opentelemetry/instrumentation';
import type { UndiciRequest } from '@opentelemetry/instrumentation-undici';
import { isScrape } from './export/scrape-endpoint.ts';
import { load } from './load.ts';

type AttemptHook = (span: Span, request: UndiciRequest) => void;

const HTTP = '@opentelemetry/instrumentation-http';
const UNDICI = '@opentelemetry/instrumentation-undici';
const OPENAI = '@opentelemetry/instrumentation-openai';
const AUTO = '@opentelemetry/auto-instrumentations-node';

/** As `auto-instrumentations-node` reads it: comma-separated names without their common prefix. */
function isChosen(name: string, environment: NodeJS.ProcessEnv): boolean {
  const listed = (variable: string): readonly string[] | undefined =>
    environment[variable]?.split(',').map((short) => `@opentelemetry/instrumentation-${short.trim()}`);
  const enabled = listed('OTEL_NODE_ENABLED_INSTRUMENTATIONS');
  return (enabled?.includes(name) ?? true) && !(listed('OTEL_NODE_DISABLED_INSTRUMENTATIONS') ?? []).includes(name);
}

function ownInstrumentations(attemptHook: AttemptHook): Instrumentation[] {
  const { HttpInstrumentation } = load(HTTP) as typeof import('@opentelemetry/instrumentation-http');
  const { UndiciInstrumentation } = load(UNDICI) as typeof import('@opentelemetry/instrumentation-undici');
  return [
    ...(isChosen(HTTP, process.env) ? [new HttpInstrumentation({ ignoreIncomingRequestHook: isScrape })] : []),
    ...(isChosen(UNDICI, process.env) ? [new UndiciInstrumentation({ requestHook: attemptHook })] : []),
  ];
}

/** What the application's copy of the package offers; only this much of it is used. */
interface AutoInstrumentations {
  readonly getNodeAutoInstrumentations: (configuration: Readonly<Record<string, object>>) => Instrumentation[];
}

export interface Instrumentations {
  readonly instrumentations: Instrumentation[];
  /** The file of `auto-instrumentations-node` beside the application, where it is installed. */
  readonly auto: string | undefined;
}

/**
 * HTTP and undici, or everything that `auto-instrumentations-node` brings where it is installed beside the application.
 * @param directory where the application resolves its packages from
 * @param attemptHook sees each span of an outgoing `fetch`
 */
export function chooseInstrumentations(directory: string, attemptHook: AttemptHook): Instrumentations {
  let auto: string;
  try {
    auto = createRequire(path.join(directory, 'index.js')).resolve(AUTO);
  } catch {
    return { instrumentations: ownInstrumentations(attemptHook), auto: undefined };
  }
  const { getNodeAutoInstrumentations } = load(auto) as AutoInstrumentations;
  const instrumentations = getNodeAutoInstrumentations({
    [HTTP]: { ignoreIncomingRequestHook: isScrape },
    [UNDICI]: { requestHook: attemptHook },
    // It would record every call a second time, and it breaks `parse` and `asResponse` of the SDKs that it patches.
    [OPENAI]: { enabled: false },
  });
  return { instrumentations, auto };
}
