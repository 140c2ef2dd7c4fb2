import {
  ATTRIBUTE,
  type AttributeKey,
  type AttributeValue,
  METRICS,
  prometheusLabel,
  prometheusName,
} from '@brownout/signals';
import { STATUS_VALUES } from '../snapshot.ts';

/** The labels that are read, in Prometheus' spelling. */
export const LABEL = {
  provider: prometheusLabel(ATTRIBUTE.providerName),
  model: prometheusLabel(ATTRIBUTE.requestModel),
  vendor: prometheusLabel(ATTRIBUTE.vendor),
} as const;

export const NAME = {
  calls: prometheusName(METRICS.calls),
  lastSuccess: prometheusName(METRICS.vendorLastSuccess),
} as const;

const matching =
  (operator: '=~' | '!~') =>
  <Key extends AttributeKey>(key: Key, ...values: readonly AttributeValue<Key>[]): string =>
    `${prometheusLabel(key)}${operator}"${values.join('|')}"`;
const is = matching('=~');
const isNot = matching('!~');

/**
 * One series for each model and process. A process' own counters may be added up as they are, because they begin anew
 * together; those of two processes may not, so whatever tells processes apart stays.
 */
function countedBy(...selectors: readonly string[]): string {
  const own = METRICS.calls.required.filter((key) => key !== ATTRIBUTE.providerName && key !== ATTRIBUTE.requestModel);
  return `sum without (${own.map(prometheusLabel).join(', ')}) (${NAME.calls}{${selectors.join(', ')}})`;
}

const byVendor = `by (${LABEL.vendor}, ${LABEL.provider})`;

export const QUERIES = {
  /** Calls that say something about the vendor. */
  calls: countedBy(isNot(ATTRIBUTE.verdict, 'cancelled'), isNot(ATTRIBUTE.fault, 'caller')),
  /** Those that it spoiled, whether transport was up or not: this is about outages, too. */
  hurtCalls: countedBy(isNot(ATTRIBUTE.verdict, 'cancelled', 'usable'), is(ATTRIBUTE.fault, 'vendor')),
  incidents: `sum ${byVendor} (${prometheusName(METRICS.vendorIncidents)})`,
  /** Maintenance is no trouble. */
  status: `max ${byVendor} (${prometheusName(METRICS.vendorStatus)} < ${STATUS_VALUES.maintenance})`,
  lastSuccess: `max by (${LABEL.vendor}) (${NAME.lastSuccess})`,
} as const;
