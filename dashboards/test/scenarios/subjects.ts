import type { AlertName } from '../../src/alerts/alerts.ts';
import { counter, type Scenario } from '../support/scenario.ts';

/** Who is in trouble in the scenarios. The model's name has what addresses must escape. */
export const CALL = {
  job: 'shop',
  instance: 'shop-1:9464',
  providerName: 'openai',
  requestModel: 'gpt-x/1 beta',
  operationName: 'chat',
  useCase: 'triage',
} as const;

/** The labels of the conventions' own metrics. */
export const MODEL = {
  job: CALL.job,
  instance: CALL.instance,
  providerName: CALL.providerName,
  requestModel: CALL.requestModel,
  operationName: CALL.operationName,
} as const;

const ANSWERED = { transport: 'up', streaming: 'false' } as const;
/** Kinds of calls. */
export const USABLE = { ...CALL, ...ANSWERED, verdict: 'usable', reason: 'ok', fault: 'none' } as const;
export const STREAMED = { ...USABLE, streaming: 'true' } as const;
export const EMPTY = { ...CALL, ...ANSWERED, verdict: 'unusable', reason: 'empty_output', fault: 'vendor' } as const;
export const DOWN = { ...EMPTY, transport: 'down', reason: 'timeout' } as const;
export const LIMITED = { ...EMPTY, transport: 'down', reason: 'rate_limited', fault: 'capacity' } as const;
export const CANCELLED = { ...USABLE, verdict: 'cancelled', reason: 'cancelled' } as const;
export const WRONG = { ...EMPTY, transport: 'down', reason: 'bad_request', fault: 'caller' } as const;

/** What got a 2xx status line and is no answer to hold against anybody. */
export const NO_ANSWERS: Scenario['series'] = [
  { metric: 'calls', labels: CANCELLED, values: counter(80) },
  { metric: 'calls', labels: { ...WRONG, transport: 'up' }, values: counter(80) },
];

/** How Prometheus spells who they are. */
export const THE_PROVIDER = { gen_ai_provider_name: 'openai' } as const;
export const THE_MODEL = { ...THE_PROVIDER, gen_ai_request_model: 'gpt-x/1 beta' } as const;
const MODEL_VARIABLES = 'var-gen_ai_provider_name=openai&var-gen_ai_request_model=gpt-x%2F1+beta';
export const ABOUT_MODEL = `brownout-model?${MODEL_VARIABLES}`;
export const ABOUT_STREAMS = `brownout-streaming?${MODEL_VARIABLES}`;
export const ABOUT_CONTENT = `brownout-quality?${MODEL_VARIABLES}`;
export const ABOUT_RESILIENCE = `brownout-resilience?${MODEL_VARIABLES}`;
export const ABOUT_QUOTA = `brownout-quota?${MODEL_VARIABLES}`;

interface Said {
  readonly alert: AlertName;
  readonly labels: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly description: string;
  /** From the uid on. */
  readonly dashboard: string;
}

/** Exactly this one. */
export const says = ({ alert, labels, summary, description, dashboard }: Said): Scenario['expected'] => [
  {
    labels,
    annotations: {
      summary,
      description,
      runbook_url: `https://example.com/brownout/runbooks/${alert}.md`,
      dashboard_url: `https://example.com/grafana/d/${dashboard}`,
    },
  },
];

/** When a share that is twice its threshold, or more than that, is told and over: within a quarter of an hour and five minutes. */
export const TWICE = {
  phases: { healthy: 30, bad: 40, after: 40 },
  fires: 45,
  steady: 69,
  over: 85,
  lowTraffic: 0.05,
  bystander: 'providerName',
} as const satisfies Partial<Scenario>;

/** The same for a symptom that is told as soon as it has begun. */
export const AT_ONCE = { ...TWICE, fires: 33 } as const satisfies Partial<Scenario>;

/**
 * As little traffic as makes two or three bad calls in a quarter of an hour, which are a coincidence, where there are so
 * many a minute otherwise.
 */
export const fewOf = (badPerMinute: number): number => 0.17 / badPerMinute;

/** The same of something of which healthy days have some: three or four. */
export const fewMoreOf = (badPerMinute: number): number => 0.23 / badPerMinute;

/** The same where the past is looked at: it ends an hour ago. */
export const TWICE_USUAL = {
  ...TWICE,
  phases: { healthy: 120, bad: 40, after: 40 },
  fires: 135,
  steady: 159,
  over: 175,
} as const satisfies Partial<Scenario>;
