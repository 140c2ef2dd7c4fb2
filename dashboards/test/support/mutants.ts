import { parser } from '@prometheus-io/lezer-promql';
import type { RuleGroup } from '../../src/render/rule-groups.ts';

type Rule = RuleGroup['rules'][number];
type Node = ReturnType<typeof parser.parse>['topNode'];

/** A rule with one mistake in it, as a person could make it. */
export interface Mutant {
  readonly what: string;
  readonly rule: Rule;
}

/** Every small mistake that there can be in a rule. */
export const mutantsOf = (rule: Rule): readonly Mutant[] => [
  ...mistakesIn(rule.expr).map(({ what, expr }) => ({ what, rule: { ...rule, expr } })),
  ...('alert' in rule
    ? [
        ...(rule.for === undefined
          ? [{ what: 'for: 5m', rule: { ...rule, for: '5m' } }]
          : [
              { what: 'for: 0s', rule: { ...rule, for: '0s' } },
              { what: `for: twice ${rule.for}`, rule: { ...rule, for: scaled(rule.for, 2) } },
            ]),
        { what: 'keep_firing_for: 0s', rule: { ...rule, keep_firing_for: '0s' } },
        {
          what: `keep_firing_for: twice ${rule.keep_firing_for}`,
          rule: { ...rule, keep_firing_for: scaled(rule.keep_firing_for, 2) },
        },
      ]
    : []),
];

interface Mistake {
  readonly what: string;
  readonly expr: string;
}

function mistakesIn(expr: string): readonly Mistake[] {
  const mistakes: Mistake[] = [];
  const text = (node: Node): string => expr.slice(node.from, node.to);
  /** Two of the same kind are told apart by where they are. What is long is told in brief. */
  const put = (node: Node, instead: string, brief?: string): void => {
    const whole = `${text(node)} → ${instead}`;
    const what = whole.length > LONGEST_TOLD ? (brief ?? whole) : whole;
    mistakes.push({
      what: `${what.replaceAll(/\s+/g, ' ').slice(0, LONGEST_TOLD)}, at ${node.from}`,
      expr: `${expr.slice(0, node.from)}${instead}${expr.slice(node.to)}`,
    });
  };
  const visit = (node: Node): void => {
    const children = childrenOf(node);
    const instead = INSTEAD[node.name];
    if (instead !== undefined) for (const one of instead) if (text(node) !== one) put(node, one);
    switch (node.name) {
      case 'NumberDurationLiteral':
        for (const one of numbersInsteadOf(text(node))) put(node, one);
        break;
      case 'NumberDurationLiteralInDurationContext':
        for (const factor of [3, 0.2]) put(node, scaled(text(node), factor));
        break;
      case 'BinaryExpr': {
        const [left, right] = [children[0], children.at(-1)];
        if (left && children.some(({ name }) => LEFT_REMAINS.has(name)))
          put(node, text(left), `without ${expr.slice(left.to, node.to).trim()}`);
        if (right && children.some(({ name }) => RIGHT_REMAINS.has(name)))
          put(node, text(right), `without ${expr.slice(node.from, right.from).trim()}`);
        break;
      }
      case 'MatchingModifierClause':
        put(node, '', `without ${text(node)}`);
        break;
      case 'AggregateExpr':
      case 'FunctionCall': {
        const of = children.find(({ name }) => name === 'FunctionCallBody')?.firstChild;
        if (of && (node.name === 'AggregateExpr' || UNWRAPPED.has(nameOf(node))))
          put(node, `(${text(of)})`, `without ${expr.slice(node.from, of.from).trim()}`);
        break;
      }
      case 'LabelMatchers':
        children.forEach((matcher) => put(node, withoutOne(node, matcher, text, '{', '}')));
        break;
      case 'GroupingLabels':
        // Without its last label it is another level.
        if (node.parent?.name === 'AggregateModifier')
          children
            .filter(({ name }) => name === 'LabelName')
            .forEach((label) => put(node, withoutOne(node, label, text, '(', ')')));
        break;
      case 'StringLiteral':
        for (const one of alternativesOf(text(node))) put(node, one);
        break;
    }
    for (const child of children) visit(child);
  };
  visit(parser.parse(expr).topNode);
  return mistakes;
}

/** By the names of the grammar: what stands for what. */
const INSTEAD: Readonly<Record<string, readonly string[]>> = {
  Gtr: ['<'],
  Lss: ['>'],
  Gte: ['<'],
  EqlC: ['!='],
  EqlSingle: ['!='],
  Neq: ['='],
  EqlRegex: ['!~'],
  NeqRegex: ['=~'],
  And: ['unless'],
  Unless: ['and'],
  Mul: ['+'],
  Div: ['*'],
  Sub: ['+'],
  Max: ['min'],
  Min: ['max'],
  Sum: ['max'],
  Count: ['sum'],
  Group: ['count'],
  Rate: ['increase'],
  SumOverTime: ['avg_over_time'],
  MaxOverTime: ['min_over_time'],
  LastOverTime: ['min_over_time'],
};

const COMPARISONS = ['Gtr', 'Lss', 'Gte', 'Lte', 'EqlC', 'Neq'];

/** Operators whose right side can be forgotten, and with a comparison the whole threshold; those whose left side can. */
const LEFT_REMAINS = new Set(['And', 'Unless', 'Or', ...COMPARISONS]);
const RIGHT_REMAINS = new Set(['And', 'Or']);

/** Functions of what they give as well. */
const UNWRAPPED = new Set(['LabelReplace', 'LabelJoin', 'Round', 'Timestamp']);

const nameOf = (call: Node): string => call.firstChild?.firstChild?.name ?? '';

const LONGEST_TOLD = 160;

function childrenOf(node: Node): readonly Node[] {
  const children: Node[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}

const numbersInsteadOf = (text: string): readonly string[] =>
  Number(text) === 0 ? ['1'] : [1.4, 0.7].map((factor) => String(Number((Number(text) * factor).toPrecision(6))));

const withoutOne = (list: Node, one: Node, text: (node: Node) => string, open: string, close: string): string =>
  `${open}${childrenOf(list)
    .filter(({ name, from }) => (name === 'LabelName' || name.endsWith('Matcher')) && from !== one.from)
    .map(text)
    .join(', ')}${close}`;

/** Without one of them each time, in parentheses or not. */
function alternativesOf(literal: string): readonly string[] {
  const [, before, inside = '', after] = /^("(?:.*\()?)([^()]*\|[^()]*)((?:\).*)?")$/.exec(literal) ?? [];
  const values = inside.split('|');
  return values.length < 2
    ? []
    : values.map((value) => `${before}${values.filter((other) => other !== value).join('|')}${after}`);
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

function scaled(duration: string, factor: number): string {
  const seconds = [...duration.matchAll(/(\d+)([smhd])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (SECONDS[unit ?? ''] ?? 0),
    0,
  );
  return `${Math.round(seconds * factor)}s`;
}
