/** Mistakes that are none: the rule means the same with them. */
export const EQUIVALENT: readonly { readonly rule: RegExp; readonly mistake: RegExp; readonly why: string }[] = [
  {
    rule: /^task:.*_failed_undegraded_/,
    mistake: /^sum → max$/,
    why: 'with both other labels given, a task has one series: there is nothing to add up',
  },
];
