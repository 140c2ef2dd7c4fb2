import { ANSWER_FAULTS } from './catalogue-answer.ts';
import { PROBLEM_FAULTS } from './catalogue-problem.ts';
import { SCRIPT_FAULTS } from './catalogue-script.ts';
import type { FaultDefinition, Reason } from './fault.ts';

/** Every fault that the simulator can play. */
export const FAULTS = {
  ...SCRIPT_FAULTS,
  ...ANSWER_FAULTS,
  ...PROBLEM_FAULTS,
} as const satisfies Record<string, FaultDefinition>;

export type FaultName = keyof typeof FAULTS;

export const FAULT_NAMES = Object.keys(FAULTS).filter(isFaultName);

export function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(FAULTS, name);
}

/** The reason that the instrumentation must report for a fault, or `null` where the fault does not exist in that mode. */
export function expectedReason(name: FaultName, mode: { readonly streamed: boolean }): Reason | null {
  const fault: FaultDefinition = FAULTS[name];
  if (fault.appliesTo === (mode.streamed ? 'whole' : 'streamed')) return null;
  if (typeof fault.expects === 'string') return fault.expects;
  return mode.streamed ? fault.expects.streamed : fault.expects.whole;
}
