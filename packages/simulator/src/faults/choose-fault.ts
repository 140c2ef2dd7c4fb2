import type { Ask } from '../content/answer.ts';
import { createRandom } from '../content/random.ts';
import type { ProviderName } from '../endpoint.ts';
import { FAULTS } from './catalogue.ts';
import { numberAt } from './effect.ts';
import type { ActiveFault } from './active-fault.ts';
import type { FaultDefinition } from './fault.ts';
import { parseFault } from './fault-url.ts';
import { readyFault, type ReadyFault } from './parameters.ts';

/** What a fault's scope is matched with. */
export interface RequestFacts {
  readonly provider: ProviderName;
  readonly model: string;
  readonly apiKey: string | null;
  readonly streamed: boolean;
  /** `null` for embeddings and lists of models. */
  readonly ask: Ask | null;
}

/** An entry of a list of faults, with a label that is the same in every run. */
export interface LabelledFault {
  readonly label: string;
  readonly active: ActiveFault;
}

export interface FaultChooser {
  /** The fault of a path prefix (without its tilde), or `null` where it does not apply or was played often enough. Throws on a bad prefix. */
  fromPrefix(prefix: string, facts: RequestFacts): ReadyFault | null;
  /** The first fault of the list that matches the request and whose share hits it. */
  fromList(list: readonly LabelledFault[], facts: RequestFacts): ReadyFault | null;
  reset(): void;
}

/** Counts and draws so that the n-th request that an entry matches meets the same fate in every run with the same seed. */
export function createFaultChooser(seed: number): FaultChooser {
  const counts = new Map<string, number>();
  const next = (key: string) => {
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count;
  };
  const isHit = (share: number, label: string) =>
    share >= 1 || createRandom(`${seed}/share/${label}/${next(`share/${label}`)}`).next() < share;
  const admit = (fault: ReadyFault, share: number, label: string, facts: RequestFacts): ReadyFault | null => {
    if (!isPlayable(FAULTS[fault.name], facts) || !isHit(share, label)) return null;
    const times = numberAt(fault.values, 'times');
    return times > 0 && next(`times/${label}/${facts.model}`) > times ? null : fault;
  };
  return {
    fromPrefix: (prefix, facts) => {
      const fault = parseFault(prefix);
      return admit(fault, numberAt(fault.values, 'share'), prefix, facts);
    },
    fromList: (list, facts) => {
      for (const { label, active } of list) {
        if (!matches(active, facts)) continue;
        const fault = readyFault(active.fault, active.parameters);
        const admitted = admit(fault, active.share ?? numberAt(fault.values, 'share'), label, facts);
        if (admitted !== null) return admitted;
      }
      return null;
    },
    reset: () => counts.clear(),
  };
}

function matches(active: ActiveFault, facts: RequestFacts): boolean {
  return (
    (active.providers?.includes(facts.provider) ?? true) &&
    (active.models?.includes(facts.model) ?? true) &&
    (active.keys === undefined || (facts.apiKey !== null && active.keys.includes(facts.apiKey))) &&
    (active.streamed === undefined || active.streamed === facts.streamed)
  );
}

/** Whether a fault can exist on this request at all; where it cannot, the request is answered healthily. */
function isPlayable(fault: FaultDefinition, facts: RequestFacts): boolean {
  if (fault.appliesTo === (facts.streamed ? 'whole' : 'streamed')) return false;
  if (fault.except?.provider === facts.provider && fault.except.streamed === facts.streamed) return false;
  if (fault.operations === 'generation' && facts.ask === null) return false;
  return fault.requires === undefined || (facts.ask !== null && has(facts.ask, fault.requires));
}

function has(ask: Ask, wanted: NonNullable<FaultDefinition['requires']>): boolean {
  switch (wanted) {
    case 'tools':
      return ask.tool !== null;
    case 'structured_output':
      return ask.tool === null && ask.json !== null;
    case 'prose':
      return ask.tool === null && ask.json === null;
  }
}
