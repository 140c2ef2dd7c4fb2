import { createLengthBand, type LengthBand } from '@brownout/core';
import { ATTRIBUTE, prometheusLabel } from '@brownout/signals';
import { STANDS_FOR } from '../record/recording.ts';
import type { Playable, PlayableCall, SetGauge, Template } from './playable.ts';

/** Who makes calls: what the labels of the recorded ones are replaced by. */
export interface Caller {
  readonly job: string;
  readonly provider: string;
  readonly model: string;
  readonly useCase: string;
  readonly task: string;
}

/** Where lines for the evaluator go, and the numbers of its targets and series. */
export interface Script {
  readonly write: (line: object) => void;
  readonly newTarget: () => number;
  readonly newSeries: () => number;
}

const PROVIDER = prometheusLabel(ATTRIBUTE.providerName);

/**
 * The metrics of one process between two scrapes. What happened in between is told at once: Prometheus cannot see it
 * sooner.
 */
export interface ScrapedProcess {
  /** A call came to its end, at a moment. */
  readonly ended: (caller: Caller, call: PlayableCall, at: number) => void;
  /** Tells what happened since it was told last; to be called right before a scrape. */
  readonly tell: (at: number) => void;
  readonly gone: (at: number) => void;
}

export function startProcess(
  script: Script,
  playable: Playable,
  { instance, at, every }: { readonly instance: string; readonly at: number; readonly every: number },
): ScrapedProcess {
  const target = script.newTarget();
  const callers = new Map<Caller, Counted>();
  script.write({ at, target: { id: target, every } });

  const idOf = (caller: Caller, { ids }: Counted, template: number): number => {
    const known = ids.get(template);
    if (known !== undefined) return known;
    const id = script.newSeries();
    ids.set(template, id);
    const labels = { ...labelsOf(playable.templates[template], caller), job: caller.job, instance };
    script.write({ series: { target, labels } });
    return id;
  };

  return {
    ended(caller, call, when) {
      const counted = callers.get(caller) ?? newCounted(playable.templates.length);
      callers.set(caller, counted);
      if (!counted.kinds.has(call.streaming)) {
        counted.kinds.add(call.streaming);
        for (const template of playable.born[call.streaming ? 'streamed' : 'whole']) counted.touched.add(template);
      }
      const grow = (template: number, value: number): void => {
        counted.grown[template] = (counted.grown[template] ?? 0) + value;
        counted.touched.add(template);
      };
      for (const [template, value] of call.add) grow(template, value);
      if (call.length !== undefined) {
        if (counted.usual.isOutside(call.length)) grow(playable.outliers, 1);
        counted.usual.learn(call.length);
      }
      for (const gauge of call.set) counted.gauges.set(gauge.template, { ...gauge, since: when, isTold: false });
    },
    tell(when) {
      for (const [caller, counted] of callers) {
        const { grown, touched, gauges } = counted;
        const add: number[] = [];
        const set: number[] = [];
        for (const template of touched) {
          add.push(idOf(caller, counted, template), rounded(grown[template] ?? 0));
          grown[template] = 0;
        }
        for (const [template, gauge] of gauges) {
          const { value, until, since, isTold } = gauge;
          const isOver = until !== undefined && when >= since + until.milliseconds;
          if (isTold && !isOver) continue;
          set.push(idOf(caller, counted, template), isOver ? until.value : value);
          if (isOver || until === undefined) gauges.delete(template);
          else gauge.isTold = true;
        }
        touched.clear();
        if (add.length + set.length > 0) script.write({ at: when, add, set });
      }
    },
    gone: (when) => script.write({ at: when, gone: target }),
  };
}

function labelsOf(template: Template | undefined, caller: Caller): Readonly<Record<string, string>> {
  const own = Object.entries(template?.labels ?? {}).map(([key, value]) => [
    key,
    key === PROVIDER
      ? caller.provider
      : value
          .replace(STANDS_FOR.model, caller.model)
          .replace(STANDS_FOR.useCase, caller.useCase)
          .replace(STANDS_FOR.task, caller.task)
          .replace(STANDS_FOR.port, '443'),
  ]);
  return { __name__: template?.name ?? '', ...Object.fromEntries(own) };
}

const newCounted = (templates: number): Counted => ({
  grown: new Float64Array(templates),
  touched: new Set(),
  gauges: new Map(),
  ids: new Map(),
  kinds: new Set(),
  usual: createLengthBand(),
});

interface Counted {
  /** By how much each template's series grew since it was told last. */
  readonly grown: Float64Array;
  readonly touched: Set<number>;
  /** Those that are still to be told, or told and to change by themselves. */
  readonly gauges: Map<number, SetGauge & { readonly since: number; isTold: boolean }>;
  readonly ids: Map<number, number>;
  /** Streamed or not: of which there were calls. */
  readonly kinds: Set<boolean>;
  /** The process's own: what it finds depends on all calls before. */
  readonly usual: LengthBand;
}

const rounded = (value: number): number => Number(value.toPrecision(9));
