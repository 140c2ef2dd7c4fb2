export type { FormatId } from './adapters/formats.ts';
export type { FetchLimits } from './fetch-page.ts';
export type { Incident, TrackedIncident } from './incident.ts';
export type { ChangeKind, IncidentChange } from './incident-changes.ts';
export { type Component, openIncidents, type Snapshot, type Status } from './snapshot.ts';
export { startPoller } from './start-poller.ts';
export { startVendorStatus, type VendorStatus, type VendorStatusOptions } from './start-vendor-status.ts';
export { type Knowledge, type VendorWatch, watchVendor } from './vendor-watch.ts';
export { type Backing, type Vendor, VENDORS } from './vendors.ts';
