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
  const put = (node: { readonly from: number; readonly to: number }, instead: string): void => {
    const before = expr.slice(node.from, node.to);
    mistakes.push({
      what: `${before} → ${instead}`.replaceAll(/\s+/g, ' ').slice(0, 160),
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
        if (left && right && children.some(({ name }) => ['And', 'Unless', 'Or'].includes(name))) {
          put(node, text(left));
          if (children.some(({ name }) => name === 'Or')) put(node, text(right));
        }
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
};

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

function alternativesOf(literal: string): readonly string[] {
  const values = literal.slice(1, -1).split('|');
  return values.length < 2
    ? []
    : values.map((value) => JSON.stringify(values.filter((other) => other !== value).join('|')));
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

function scaled(duration: string, factor: number): string {
  const seconds = [...duration.matchAll(/(\d+)([smhd])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (SECONDS[unit ?? ''] ?? 0),
    0,
  );
  return `${Math.round(seconds * factor)}s`;
}
