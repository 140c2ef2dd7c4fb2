import { labelList, type LabelId } from './labels.ts';

/** A piece of PromQL. The helpers put the parentheses and the line breaks, so that every rule reads the same way. */
export interface Expression {
  readonly text: string;
  /** How tightly its outermost operator binds; see `BINDS`. */
  readonly binds: number;
}

/** How tightly PromQL's operators bind, the tightest last. */
const BINDS = { or: 1, and: 2, unless: 2, comparison: 3, sum: 4, product: 5, whole: 6 } as const;

/** Text that is whole in itself: a selector, a number, a function call. */
export const whole = (text: string): Expression => ({ text, binds: BINDS.whole });

export const number = (value: number): Expression => whole(String(value));

/** A function of PromQL: `call('increase', range)`. */
export const call = (name: string, ...args: readonly Expression[]): Expression =>
  args.some(({ text }) => text.includes('\n'))
    ? whole(`${name}(\n${args.map(({ text }) => indent(text)).join(',\n')}\n)`)
    : whole(`${name}(${args.map(({ text }) => text).join(', ')})`);

/** A function that changes labels: what it is called on, and the texts that say how. */
export const relabelled = (
  name: 'label_replace' | 'label_join',
  on: Expression,
  ...texts: readonly string[]
): Expression =>
  whole(`${name}(\n${indent(on.text)},\n${indent(texts.map((text) => JSON.stringify(text)).join(', '))}\n)`);

const aggregate =
  (operator: string) =>
  (labels: readonly LabelId[], over: Expression): Expression =>
    call(`${operator} by (${labelList(labels)}) `, over);

export const sumBy = aggregate('sum');
export const maxBy = aggregate('max');
export const minBy = aggregate('min');
export const countBy = aggregate('count');
/** 1 for each group that there is. */
export const groupBy = aggregate('group');

/** How the two sides of an operator find each other. */
export interface Matching {
  readonly on: readonly LabelId[];
  /** The left side may have several series to one of the right. */
  readonly manyToOne?: boolean;
}

const binary =
  (operator: string, binds: number) =>
  (left: Expression, right: Expression, matching?: Matching): Expression => {
    const on = matching === undefined ? '' : ` on (${labelList(matching.on)})`;
    const group = matching?.manyToOne === true ? ' group_left ()' : '';
    const a = left.binds < binds ? parenthesised(left.text) : left.text;
    const b = right.binds <= binds ? parenthesised(right.text) : right.text;
    const middle = `${operator}${on}${group}`;
    const line = `${a} ${middle} ${b}`;
    const isShort = line.length <= LONGEST_LINE || Math.min(a.length, b.length) <= SHORT_SIDE;
    if (isShort && !line.includes('\n')) return { text: line, binds };
    // A chain of one operator stays on one level.
    const first = left.binds === binds && a.includes('\n') ? a : indent(a);
    return { text: `${first}\n${middle}\n${indent(b)}`, binds };
  };

export const plus = binary('+', BINDS.sum);
export const minus = binary('-', BINDS.sum);
export const times = binary('*', BINDS.product);
export const dividedBy = binary('/', BINDS.product);
export const above = binary('>', BINDS.comparison);
export const atLeast = binary('>=', BINDS.comparison);
export const below = binary('<', BINDS.comparison);
export const equals = binary('==', BINDS.comparison);
/** 1 where the comparison holds, else 0. */
export const isAtLeast = binary('>= bool', BINDS.comparison);
export const and = binary('and', BINDS.and);
export const unless = binary('unless', BINDS.unless);
export const or = binary('or', BINDS.or);

const LONGEST_LINE = 90;
/** A number beside something long needs no line of its own. */
const SHORT_SIDE = 12;

const parenthesised = (text: string): string => (text.includes('\n') ? `(\n${indent(text)}\n)` : `(${text})`);

const indent = (text: string): string => text.replaceAll(/^(?=.)/gm, '  ');
