export { exportMetrics, type MetricsExport } from './export-metrics.ts';
export type { FetchLimits } from './fetch-page.ts';
export type { Component, Incident, Snapshot, Status } from './snapshot.ts';
export { startPoller } from './start-poller.ts';
export { type Knowledge, type VendorWatch, watchVendor } from './vendor-watch.ts';
export { type Vendor, VENDORS } from './vendors.ts';
