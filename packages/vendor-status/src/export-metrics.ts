import { ATTRIBUTE, METRICS, type MetricRow } from '@brownout/signals';
import { ValueType } from '@opentelemetry/api';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { STATUS_VALUES } from './snapshot.ts';
import type { VendorWatch } from './vendor-watch.ts';

export interface MetricsExport {
  /** Sends what is known now. Rejects where the receiver does not take it. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** Exports `brownout.vendor.*` over OTLP/HTTP; where to is in the exporter's own `OTEL_EXPORTER_OTLP_*`, or in `url`. */
export function exportMetrics(watches: readonly VendorWatch[], url?: string): MetricsExport {
  const provider = new MeterProvider({
    resource: defaultResource().merge(resourceFromAttributes({ 'service.name': 'brownout-vendor-status' })),
    readers: [
      new PeriodicExportingMetricReader({ exporter: new OTLPMetricExporter(url === undefined ? {} : { url }) }),
    ],
  });
  const meter = provider.getMeter('@brownout/vendor-status');
  const gauge = (row: MetricRow) =>
    meter.createObservableGauge(row.name, {
      unit: row.unit,
      description: row.description,
      valueType: row.valueType === 'int' ? ValueType.INT : ValueType.DOUBLE,
    });

  gauge(METRICS.vendorStatus).addCallback((result) => {
    for (const { vendor, knowledge } of watches) {
      if (knowledge.kind === 'unknown') continue;
      for (const { name, status } of knowledge.snapshot.components) {
        result.observe(STATUS_VALUES[status], { ...attributesOf(vendor), [ATTRIBUTE.vendorComponent]: name });
      }
    }
  });
  gauge(METRICS.vendorIncidents).addCallback((result) => {
    for (const { vendor, knowledge } of watches) {
      if (knowledge.kind === 'unknown' || knowledge.snapshot.incidents === null) continue;
      const counts = new Map<string, number>(IMPACTS.map((impact) => [impact, 0]));
      for (const { impact } of knowledge.snapshot.incidents) counts.set(impact, (counts.get(impact) ?? 0) + 1);
      for (const [impact, count] of counts) {
        result.observe(count, { ...attributesOf(vendor), [ATTRIBUTE.vendorImpact]: impact });
      }
    }
  });
  gauge(METRICS.vendorLastSuccess).addCallback((result) => {
    for (const { vendor, lastSuccess } of watches) {
      if (lastSuccess !== null) result.observe(lastSuccess, { [ATTRIBUTE.vendor]: vendor.name });
    }
  });
  return { flush: () => provider.forceFlush(), close: () => provider.shutdown() };
}

/** Series that are there before their first incident. */
const IMPACTS = ['none', 'minor', 'major', 'critical'] as const;

const attributesOf = (vendor: { readonly name: string; readonly providerName: string }) => ({
  [ATTRIBUTE.vendor]: vendor.name,
  [ATTRIBUTE.providerName]: vendor.providerName,
});
