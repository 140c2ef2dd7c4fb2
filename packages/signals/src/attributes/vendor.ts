import type { AttributeRow } from '../attribute.ts';

/** What is said of a vendor's status page. Times are by the vendor's clock, but for `first_seen`. */
export const VENDOR_ATTRIBUTES = {
  vendor: { key: 'brownout.vendor', type: 'string', description: 'The vendor whose status page was read.' },
  vendorComponent: {
    key: 'brownout.vendor.component',
    type: 'string',
    description: "Component of the vendor's status page.",
  },
  vendorImpact: {
    key: 'brownout.vendor.impact',
    type: 'string',
    known: ['none', 'minor', 'major', 'critical', 'maintenance', 'unclear'],
    description:
      "Impact of an incident: the status page's own word, or that of Statuspage where a page grades otherwise; `unclear` where it does not grade.",
  },
  vendorIncidentId: { key: 'brownout.vendor.incident.id', type: 'string', description: "The status page's id of it." },
  vendorIncidentName: { key: 'brownout.vendor.incident.name', type: 'string', description: 'Its headline.' },
  vendorIncidentChange: {
    key: 'brownout.vendor.incident.change',
    type: 'string',
    values: ['opened', 'updated', 'resolved', 'reopened', 'edited'],
    description: 'What happened to it since the page was last read; `edited` is a change after it was over.',
  },
  vendorIncidentComponents: {
    key: 'brownout.vendor.incident.components',
    type: 'string[]',
    description: 'The components that it names, of those that back an API; `unclear` where it names none.',
  },
  vendorIncidentModels: {
    key: 'brownout.vendor.incident.models',
    type: 'string[]',
    description:
      'How the ids of the models that its text names begin, in whole tokens; `unclear` where the text does not tell.',
  },
  vendorIncidentStarted: {
    key: 'brownout.vendor.incident.started',
    type: 'double',
    description: "Unix time in seconds when it began: the vendor's claim, often made afterwards.",
  },
  vendorIncidentPosted: {
    key: 'brownout.vendor.incident.posted',
    type: 'double',
    description: "Unix time in seconds of the vendor's first post of it.",
  },
  vendorIncidentUpdated: {
    key: 'brownout.vendor.incident.updated',
    type: 'double',
    description: "Unix time in seconds of the vendor's last change to it.",
  },
  vendorIncidentResolved: {
    key: 'brownout.vendor.incident.resolved',
    type: 'double',
    description: 'Unix time in seconds when it was over, by the vendor.',
  },
  vendorIncidentFirstSeen: {
    key: 'brownout.vendor.incident.first_seen',
    type: 'double',
    description: 'Unix time in seconds when the poller first saw it, by its own clock.',
  },
  vendorIncidentUrl: {
    key: 'brownout.vendor.incident.url',
    type: 'string',
    description: "The incident's page at the vendor.",
  },
  vendorIncidentStatus: {
    key: 'brownout.vendor.incident.status',
    type: 'string',
    known: ['investigating', 'identified', 'monitoring', 'resolved'],
    description: "The incident's progress, in the status page's own words.",
  },
} as const satisfies Readonly<Record<string, AttributeRow>>;
