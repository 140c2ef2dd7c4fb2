/** What was counted, held against what was made. */
export interface Score {
  readonly right: number;
  readonly wrong: number;
  readonly missed: number;
}

export const ZERO: Score = { right: 0, wrong: 0, missed: 0 };

export const add = (a: Score, b: Score): Score => ({
  right: a.right + b.right,
  wrong: a.wrong + b.wrong,
  missed: a.missed + b.missed,
});

/** Each fallback, told by `from → to`, is right once for each time that it was made. */
export function compare(made: readonly string[], counted: readonly string[]): Score {
  const left = [...made];
  for (const each of counted) {
    const at = left.indexOf(each);
    if (at !== -1) left.splice(at, 1);
  }
  const right = made.length - left.length;
  return { right, wrong: counted.length - right, missed: left.length };
}

/** Precision and recall, as they stand in the guide. */
export function percent({ right, wrong, missed }: Score): string {
  const share = (of: number): string => (of === 0 ? '–' : `${Math.round((100 * right) / of)} %`);
  return `${share(right + wrong)}, ${share(right + missed)}`;
}
