/** Mistakes that are none: the rule means the same with them. */
export const EQUIVALENT: readonly { readonly mistake: RegExp; readonly why: string }[] = [];
