import { ATTRIBUTE, METRICS, type MetricRow } from '@brownout/signals';
import { type Meter, type ObservableCallback, ValueType } from '@opentelemetry/api';
import type { Incident } from './incident.ts';
import { openIncidents, STATUS_VALUES } from './snapshot.ts';
import type { VendorWatch } from './vendor-watch.ts';

/** Series that are there before their first incident; a word that is none of these counts as `unclear`. */
const IMPACTS = ['none', 'minor', 'major', 'critical', 'maintenance', 'unclear'] as const;
const KNOWN_IMPACTS: ReadonlySet<string> = new Set(IMPACTS);

/** Registers `brownout.vendor.*` on the meter. Returns how to take them off it. */
export function observeMetrics(meter: Meter, watches: readonly VendorWatch[]): () => void {
  const observe = (row: MetricRow, callback: ObservableCallback): (() => void) => {
    const gauge = meter.createObservableGauge(row.name, {
      unit: row.unit,
      description: row.description,
      valueType: row.valueType === 'int' ? ValueType.INT : ValueType.DOUBLE,
    });
    gauge.addCallback(callback);
    return () => gauge.removeCallback(callback);
  };
  const removals = [
    observe(METRICS.vendorStatus, (result) => {
      for (const { vendor, knowledge } of watches) {
        if (knowledge.kind === 'unknown') continue;
        for (const { name, status, provider } of knowledge.snapshot.components) {
          result.observe(STATUS_VALUES[status], {
            [ATTRIBUTE.vendor]: vendor.name,
            [ATTRIBUTE.vendorComponent]: name,
            [ATTRIBUTE.providerName]: provider,
          });
        }
      }
    }),
    observe(METRICS.vendorIncidents, (result) => {
      for (const watch of watches) {
        for (const { provider, impact, count } of countIncidents(watch)) {
          result.observe(count, {
            [ATTRIBUTE.vendor]: watch.vendor.name,
            [ATTRIBUTE.providerName]: provider,
            [ATTRIBUTE.vendorImpact]: impact,
          });
        }
      }
    }),
    observe(METRICS.vendorLastSuccess, (result) => {
      for (const { vendor, lastSuccess } of watches) {
        if (lastSuccess !== null) result.observe(lastSuccess, { [ATTRIBUTE.vendor]: vendor.name });
      }
    }),
  ];
  return () => {
    for (const remove of removals) remove();
  };
}

/** Open incidents for each provider and impact; nothing where they are not known. */
function countIncidents({ vendor, knowledge }: VendorWatch) {
  if (knowledge.kind === 'unknown' || knowledge.snapshot.incidents === null) return [];
  const open = openIncidents(knowledge.snapshot);
  const providers = new Set(vendor.components.map(({ provider }) => provider));
  return [...providers].flatMap((provider) =>
    IMPACTS.map((impact) => ({
      provider,
      impact,
      count: open.filter((incident) => labelOf(incident) === impact && incident.providers.includes(provider)).length,
    })),
  );
}

const labelOf = ({ impact }: Incident): string => (KNOWN_IMPACTS.has(impact) ? impact : 'unclear');
