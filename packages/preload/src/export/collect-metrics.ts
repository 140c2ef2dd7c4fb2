/**
 * The parts of the SDK's meter provider that are read here. None of them is public: the SDK collects asynchronously
 * only, and within the `exit` event nothing asynchronous happens any more.
 */
interface MeterProviderState {
  readonly resource: { readonly asyncAttributesPending?: boolean };
  readonly metricCollectors: readonly Collector[];
  readonly meterSharedStates: ReadonlyMap<string, MeterState>;
}
interface Collector {
  readonly _metricReader: { readonly _exporter?: object };
}
interface MeterState {
  readonly _instrumentationScope: object;
  readonly metricStorageRegistry: { readonly getStorages: (collector: Collector) => readonly Storage[] };
}
interface Storage {
  readonly _instrumentDescriptor: { readonly type: string };
  readonly collect: (collector: Collector, time: HrTime) => object | undefined;
}
type HrTime = [seconds: number, nanoseconds: number];

/** What one exporter gets of the last metrics of a process. */
export interface LastMetrics {
  readonly exporter: object;
  readonly metrics: object;
}

/**
 * What was recorded since the last export, at once. Observable instruments are left out: to ask them would run the
 * application's callbacks in its exit. Throws, or has nothing, where the provider is not made as it is known here.
 */
export function collectMetrics(provider: object, epochMs: number): readonly LastMetrics[] {
  const { _sharedState: state } = provider as { readonly _sharedState?: MeterProviderState };
  // The host is not known yet: its metrics would be another resource's.
  if (state === undefined || state.resource.asyncAttributesPending) return [];
  const time: HrTime = [Math.floor(epochMs / 1000), Math.round((epochMs % 1000) * 1e6)];
  return state.metricCollectors.flatMap((collector) => {
    const { _metricReader: reader } = collector;
    const { _exporter: exporter } = reader;
    if (exporter === undefined) return [];
    const meters = [...state.meterSharedStates.values()];
    const scopeMetrics = meters.flatMap(({ _instrumentationScope: scope, metricStorageRegistry }) => {
      const storages = metricStorageRegistry.getStorages(collector);
      const metrics = storages
        .filter(({ _instrumentDescriptor: { type } }) => !type.startsWith('OBSERVABLE_'))
        .flatMap((storage) => storage.collect(collector, time) ?? []);
      return metrics.length === 0 ? [] : [{ scope, metrics }];
    });
    return scopeMetrics.length === 0 ? [] : [{ exporter, metrics: { resource: state.resource, scopeMetrics } }];
  });
}
