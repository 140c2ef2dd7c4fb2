/** How urgent an alert is. */
export const SEVERITIES = {
  critical: 'Users are not served: wake somebody up.',
  warning: 'Look at it today; it becomes an outage or costs money.',
  info: 'Nothing to do: it explains other alerts and what users report.',
} as const;

export type Severity = keyof typeof SEVERITIES;

/** What an alert is about: what Alertmanager routes by. */
export const CATEGORIES = {
  goodput: 'Users get fewer usable answers than promised.',
  availability: "A vendor's interface cannot be reached or answers with errors.",
  slow: 'Answers come, but late.',
  stalled: 'Streams go silent or end before their end.',
  content: 'Answers come in time and are of no use.',
  inconsistent: 'Kinds of requests that should be alike are not.',
  retry: 'Retries hide trouble and add load.',
  fallback: 'Fallbacks serve users, or cannot.',
  breaker: 'Circuit breakers keep calls from being made.',
  quota: 'Limits, quotas and credentials of our own account.',
  tokens: 'Use of tokens is off its band.',
  task: 'What the application does with answers fails.',
  vendor_status: 'What vendors say of themselves, beside what we see.',
  scope: 'How far a trouble reaches.',
  telemetry: 'What the other alerts are made of is missing or cut.',
} as const;

export type Category = keyof typeof CATEGORIES;
