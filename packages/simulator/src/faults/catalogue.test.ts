import { expect, it } from 'vitest';
import { expectedReason, FAULT_NAMES, FAULTS } from './catalogue.ts';
import type { FaultDefinition } from './fault.ts';
import { readyFault } from './parameters.ts';

const ROWS: [string, FaultDefinition][] = Object.entries(FAULTS);

it('knows the reason of every fault in every mode that it exists in', () => {
  expect(expectedReason('late_headers', { streamed: true })).toBe('slow_first_chunk');
  expect(expectedReason('late_headers', { streamed: false })).toBe('slow_total');
  expect(expectedReason('json_for_sse', { streamed: false })).toBeNull();
  for (const name of FAULT_NAMES) {
    const modes = [true, false].map((streamed) => expectedReason(name, { streamed }));
    expect(modes.filter((reason) => reason !== null).length).toBe(FAULTS[name].appliesTo === 'both' ? 2 : 1);
  }
});

it('names a budget for exactly those faults that are a matter of time', () => {
  const timed = ['slow_first_chunk', 'slow_total', 'slow_stream', 'stalled'];
  for (const [name, fault] of ROWS) {
    const reasons = typeof fault.expects === 'string' ? [fault.expects] : Object.values(fault.expects);
    expect([name, fault.exceeds !== undefined]).toEqual([name, reasons.some((reason) => timed.includes(reason))]);
  }
});

it('accepts its own defaults', () => {
  for (const [name, fault] of ROWS) {
    const defaults = Object.fromEntries(
      Object.entries(fault.parameters).map(([key, { default: value }]) => [key, value]),
    );
    expect(readyFault(name, defaults).values).toEqual(readyFault(name).values);
  }
});
