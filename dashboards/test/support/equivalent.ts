/** Mistakes that are none: the rule means the same with them. */
export const EQUIVALENT: readonly { readonly rule: RegExp; readonly mistake: RegExp; readonly why: string }[] = [
  {
    rule: /^task:.*_failed_undegraded_/,
    mistake: /^sum → max$/,
    why: 'with both other labels given, a task has one series: there is nothing to add up',
  },
  {
    rule: /^Brownout(SeriesOverflow|SelfFaults|BreakerFlapping)$/,
    mistake: /^sum → max$/,
    why: 'what is recorded for a service has one series for each of these labels',
  },
  {
    rule: /^Brownout(SeriesOverflow|SelfFaults|BudgetBurn|VendorDown|VendorIncident|FleetWide|OneServiceOnly)$/,
    mistake: /^(1 → 0.7|3 → 2.1)$/,
    why: 'what is compared is a whole number',
  },
];
