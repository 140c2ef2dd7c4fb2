/** Mistakes that are none: the rule means the same with them. */
export const EQUIVALENT: readonly { readonly rule: RegExp; readonly mistake: RegExp; readonly why: string }[] = [
  {
    rule: /^task:.*_failed_undegraded_/,
    mistake: /^sum → max,/,
    why: 'with both other labels given, a task has one series: there is nothing to add up',
  },
  {
    rule: /^BrownoutBreakerFlapping$/,
    mistake: /^sum → max,/,
    why: 'with the state given, a breaker has one series: there is nothing to add up',
  },
  {
    rule: /^Brownout(SeriesOverflow|SelfFaults|BudgetBurn|VendorDown|VendorIncident|FleetWide|OneServiceOnly)$/,
    mistake: /^(1 → 0.7|3 → 2.1),/,
    why: 'what is compared is a whole number',
  },
  {
    rule: /^BrownoutSeriesOverflow$/,
    mistake: /^service:otel_metric_overflow:count >= 1 → /,
    why: 'a count is there where it is one or more, and pint wants every alert to compare something',
  },
  {
    rule: /^service:otel_metric_overflow:count$/,
    mistake: /^count → sum, at 16$/,
    why: 'the inner one says which metrics there are, and the outer one counts these, whatever their values',
  },
  {
    rule: /^BrownoutVendorDown$/,
    mistake: /^on \(gen_ai_provider_name\) → /,
    why: 'both sides have that label and no other',
  },
  {
    rule: /:p50_15m$/,
    mistake: /^sum_over_time → avg_over_time,/,
    why: 'a quantile asks for proportions, and the buckets of a histogram have as many samples, all of them',
  },
  {
    rule: /^source:/,
    mistake: /^without sum by \([a-z_, ]*gen_ai_system, gen_ai_response_model\) \(,/,
    why: 'what is added up before its labels are changed is added up after it, too: fewer series are changed, and the sum is the same',
  },
];
