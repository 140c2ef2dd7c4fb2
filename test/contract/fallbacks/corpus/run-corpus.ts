import { task } from '@brownout/api';
import { faultUrl } from '@brownout/simulator';
import { trace } from '@opentelemetry/api';
import type { Telemetry } from '../../../support/telemetry.ts';
import { underUseCase } from '../../../support/use-case.ts';
import { AT_WORK } from './at-work.ts';
import type { Client } from './clients.ts';
import { BODIES } from './conversation.ts';
import type { Dialect } from './conversation.ts';
import { FAILING_OVER } from './failing-over.ts';
import { ON_PURPOSE } from './on-purpose.ts';
import { Q, quiet } from './program.ts';
import type { Model, Models, Program } from './program.ts';
import { SAME_QUESTION } from './same-question.ts';

const THEMES = {
  'fails over': FAILING_OVER,
  'the same question': SAME_QUESTION,
  'on purpose': ON_PURPOSE,
  'at work': AT_WORK,
};

export const PROGRAMS: readonly (readonly [title: string, program: Program])[] = Object.entries(THEMES).flatMap(
  ([theme, programs]) => Object.entries(programs).map(([title, program]) => [`${theme}: ${title}`, program] as const),
);

type Run = () => Promise<unknown>;

/** Where a program runs, as far as telemetry can tell what belongs together. */
export const PLACES = {
  'in a trace': (run: Run) =>
    trace.getTracer('test').startActiveSpan('POST /tickets', (span) => quiet(run()).finally(() => span.end())),
  'in a task': (run: Run) => quiet(task('answer', async () => run())),
  'in neither': (run: Run) => quiet(run()),
} as const;
export type Place = keyof typeof PLACES;

/** Base URLs, without the version: the vendors, and two gateways of which the configuration names one. */
export interface Hosts {
  readonly vendor: string;
  readonly namedGateway: string;
  readonly unknownGateway: string;
}

/** Runs every program, and says which fallbacks were inferred in each, as `from → to`. */
export async function runCorpus(family: string, client: Client, place: Place, hosts: Hosts): Promise<void> {
  for (const [title, { run }] of PROGRAMS) {
    const useCase = useCaseOf(family, place, title);
    const apart: Models['apart'] = (job) => underUseCase(useCase, () => PLACES[place](job));
    const model = (dialect: Dialect, name: string): Model => modelOf(client, hosts, dialect, name);
    const models: Models = {
      gpt: model('chat', 'gpt-5'),
      claude: model('messages', 'claude-opus-5'),
      embed: model('embeddings', 'text-embedding-3-large'),
      apart,
    };
    await apart(() => run(models));
  }
}

export const useCaseOf = (family: string, place: Place, title: string): string => `${family}, ${place}, ${title}`;

/** The fallbacks that were counted, as `from → to`, by use case. */
export async function inferredFallbacks(telemetry: Telemetry): Promise<ReadonlyMap<string, readonly string[]>> {
  telemetry.instrumentation.settleCalls();
  const counted = (await telemetry.metrics())('brownout.fallbacks').map(({ attributes, value }) => ({
    useCase: String(attributes['brownout.use_case']),
    fallback: `${String(attributes['brownout.fallback.from.model'])} → ${String(attributes['gen_ai.request.model'])}`,
    value,
  }));
  const byUseCase = Map.groupBy(counted, ({ useCase }) => useCase);
  return new Map(
    [...byUseCase].map(([useCase, points]) => [
      useCase,
      points.flatMap(({ fallback, value }) => Array.from({ length: value }, () => fallback)).toSorted(),
    ]),
  );
}

function modelOf(client: Client, hosts: Hosts, dialect: Dialect, name: string): Model {
  return (conversation = Q, how = {}) => {
    const { model = name, system = 'Be kind.', stream = false, json = false, temperature, api } = how;
    const used = api ?? dialect;
    return client({
      dialect: used,
      url: how.fault ? faultUrl(hostOf(hosts, how.through), how.fault, how.parameters) : hostOf(hosts, how.through),
      body: BODIES[used]({ model, conversation, system: system ?? undefined, stream, json, temperature }),
      stream,
      chunks: how.chunks ?? Number.POSITIVE_INFINITY,
      signal: how.signal,
      timeoutMs: how.timeoutMs,
    });
  };
}

function hostOf(hosts: Hosts, through: 'named gateway' | 'unknown gateway' | undefined): string {
  if (through === undefined) return hosts.vendor;
  return through === 'named gateway' ? hosts.namedGateway : hosts.unknownGateway;
}
