import { METRICS, type MetricId, type MetricRow, prometheusName } from '@brownout/signals';
import { call, type Expression, relabelled, sumBy } from '../promql/expression.ts';
import { type LabelId, labelName } from '../promql/labels.ts';
import type { Matchers } from '../promql/matchers.ts';
import { type Part, rawNamed } from '../promql/series.ts';
import { RATE_WINDOW } from './record.ts';

/** How other instrumentations, and former conventions, say what the registry says: read here and nowhere else. */

/** Of other instrumentations only. */
const FOREIGN = {
  /** The conventions mean a model's server; OpenLLMetry and OpenLIT name by it what their clients measure. */
  serverTimeToFirstToken: { name: 'gen_ai.server.time_to_first_token', unit: 's', instrument: 'histogram' },
} as const satisfies Readonly<Record<string, Pick<MetricRow, 'name' | 'unit' | 'instrument'>>>;

export type ArrivingId = MetricId | keyof typeof FOREIGN;

export const FOREIGN_IDS = Object.keys(FOREIGN) as (keyof typeof FOREIGN)[];

/** Every name that series of a metric arrive by: with the unit that OTLP appends and, as the scrape endpoint of the JavaScript SDK has it, without. */
export function namesOf(id: ArrivingId, part?: Part): readonly string[] {
  const metric = id in FOREIGN ? FOREIGN[id as keyof typeof FOREIGN] : METRICS[id as MetricId];
  const names = new Set([prometheusName(metric), prometheusName({ ...metric, unit: '{}' })]);
  return [...names].map((name) => (part === undefined ? name : `${name}_${part}`));
}

/** A label, and another one that says the same where the first one is missing. */
const INSTEAD = [
  { label: 'providerName', other: 'formerProvider' },
  // OpenLLMetry tells the model that answered, and no other.
  { label: 'requestModel', other: 'responseModel' },
] as const satisfies readonly { readonly label: LabelId; readonly other: LabelId }[];

/** What `gen_ai.system` called providers that have another name now, and OpenLLMetry before it used small letters. */
const PROVIDERS = [
  [String.raw`az\.ai\.(.+)`, 'azure.ai.$1'],
  ['(vertex_ai|gemini)', 'gcp.$1'],
  ['xai', 'x_ai'],
  ['OpenAI', 'openai'],
  ['Anthropic', 'anthropic'],
] as const;

/** A rate by provider and model, however the two are spelled. */
export function ratedBy(name: string, where: Matchers<LabelId>, labels: readonly LabelId[]): Expression {
  const arriving = sumBy(
    [...labels, ...INSTEAD.map(({ other }) => other)],
    call('rate', rawNamed(name, { where, over: RATE_WINDOW })),
  );
  const told = INSTEAD.reduce((series, { label, other }) => {
    const [into, from] = [labelName(label), labelName(other)];
    // Both in one, and of these the first that there is.
    const both = relabelled('label_join', series, from, ';', into, from);
    return relabelled('label_replace', both, into, '$1', from, ';?([^;]+).*');
  }, arriving);
  const provider = labelName('providerName');
  return sumBy(
    labels,
    PROVIDERS.reduce(
      (series, [former, current]) => relabelled('label_replace', series, provider, current, provider, former),
      told,
    ),
  );
}
