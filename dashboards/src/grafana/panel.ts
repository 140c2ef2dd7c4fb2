import type { AlertName, ALERTS } from '../alerts/alerts.ts';
import type { Category } from '../alerts/categories.ts';
import type { DashboardId } from '../alerts/dashboards.ts';
import type { Expression } from '../promql/expression.ts';
import type { LabelId } from '../promql/labels.ts';
import type { ColouredId } from './colours.ts';
import type { Scale } from './states.ts';
import type { PanelUnit } from './units.ts';

/** One line, bar or column: what to ask Prometheus, and by which labels the answers are told apart. */
export interface Query {
  readonly expression: Expression;
  readonly by: readonly LabelId[];
  /** Before the labels in a legend; the heading of a column. */
  readonly name?: string;
  /** Asks for exemplars, too: a trace to a point, where Prometheus stores them. */
  readonly exemplars?: true;
  /** Draws it with a dashed line, beside another of the same series. */
  readonly dashed?: true;
  /** Of its column, where that is not the panel's. */
  readonly unit?: PanelUnit;
  /** Colours the numbers of its column. */
  readonly colouredBy?: Threshold | Limits | Scale;
  /** Gives a row its labels only: what it measures is no column. */
  readonly labelsOnly?: true;
}

/** A number that an alert is configured with, and which side of it is bad. */
export type Threshold = {
  [Name in AlertName]: {
    readonly alert: Name;
    readonly setting: Extract<keyof (typeof ALERTS)[Name]['settings'], string>;
    readonly bad: 'above' | 'below';
  };
}[AlertName];

/** Numbers that are good from 0 up, whatever alerts say. */
export type Limits = 'bad below zero';

export type PanelKind =
  | 'lines'
  /** Parts of a whole. */
  | 'stacked'
  /** One number now, of the whole range that is shown. */
  | 'number'
  /** States over time. */
  | 'states'
  | 'table'
  /** How a histogram's buckets fill over time. */
  | 'heatmap';

/** A panel of a dashboard, before it is Grafana's. */
export interface Panel {
  readonly kind: PanelKind;
  readonly title: string;
  /** What it shows. */
  readonly shows: string;
  /** What is bad in it. */
  readonly bad: string;
  /** The denominator, or what else one unit of it is. */
  readonly of: string;
  readonly unit: PanelUnit;
  readonly queries: readonly [Query, ...Query[]];
  /** Of 24 columns. */
  readonly width: number;
  /** In rows of some 36 pixels. */
  readonly height?: number;
  readonly threshold?: Threshold;
  /** The attribute whose values have a colour of their own. */
  readonly colours?: ColouredId;
  /** What its numbers mean, where they are states. */
  readonly scale?: Scale;
  /** Where a click on a series leads. */
  readonly leadsTo?: DashboardId;
  /** Whether its series say enough of calls to look for their traces. */
  readonly traces?: true;
  /** The label whose column its numbers stand right behind; without it, behind those of all labels. */
  readonly numbersAfter?: LabelId;
  /** Whether its menu leads to the runbooks of all alerts of the dashboard. */
  readonly listsAlerts?: true;
  /** What it says where there is nothing. */
  readonly empty?: string;
}

export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** What a dashboard is made of; uid and title are in the table that alerts link by. */
export interface Dashboard {
  readonly description: string;
  /** What alerts it explains beside those that lead to it. */
  readonly explains: readonly Category[];
  readonly rows: readonly Row[];
}
