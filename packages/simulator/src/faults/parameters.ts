import { FAULT_NAMES, FAULTS, isFaultName, type FaultName } from './catalogue.ts';
import type { FaultDefinition, ParameterDefinition, ParameterValue, ParameterValues } from './fault.ts';

/** Parameters that every fault takes. */
const COMMON_PARAMETERS = {
  times: {
    type: 'integer',
    default: 0,
    description: 'Plays the fault on the first N requests for each model only, then answers healthily; 0 for always',
  },
  share: { type: 'number', unit: 'share', default: 1, description: 'The share of the requests that it hits, 0 to 1' },
  id: { type: 'text', default: '', description: 'Free text that gives a path prefix counters of its own' },
} as const satisfies Record<string, ParameterDefinition>;

/** A fault with all of its parameters, defaults filled in. */
export interface ReadyFault {
  readonly name: FaultName;
  readonly values: ParameterValues;
}

/** Checks a fault's name and parameters. Throws an `Error` whose message says what was wrong and what is possible. */
export function readyFault(name: string, given: ParameterValues = {}): ReadyFault {
  if (!isFaultName(name)) throw new Error(`unknown fault "${name}"; the faults are ${FAULT_NAMES.join(', ')}`);
  const definition: FaultDefinition = FAULTS[name];
  const known: Readonly<Record<string, ParameterDefinition>> = { ...definition.parameters, ...COMMON_PARAMETERS };
  for (const key of Object.keys(given)) {
    if (!Object.hasOwn(known, key)) {
      throw new Error(`fault "${name}" has no parameter "${key}"; it has ${Object.keys(known).join(', ')}`);
    }
  }
  const values = Object.entries(known).map(([key, parameter]): [string, ParameterValue] => {
    const value = given[key];
    return [key, value === undefined ? parameter.default : readValue(name, key, parameter, value)];
  });
  return { name, values: Object.fromEntries(values) };
}

function readValue(fault: string, key: string, parameter: ParameterDefinition, value: ParameterValue): ParameterValue {
  const refuse = (wanted: string) =>
    new Error(`fault "${fault}": parameter "${key}" must be ${wanted}, not "${String(value)}"`);
  if (parameter.options !== undefined && !parameter.options.includes(String(value))) {
    throw refuse(`one of ${parameter.options.join(', ')}`);
  }
  switch (parameter.type) {
    case 'text':
      return String(value);
    case 'boolean':
      if (String(value) !== 'true' && String(value) !== 'false') throw refuse('true or false');
      return String(value) === 'true';
    case 'integer':
    case 'number': {
      const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
      const whole = parameter.type === 'integer';
      if (parameter.unit === 'share' && !(number >= 0 && number <= 1)) throw refuse('a number from 0 to 1');
      if (!Number.isFinite(number) || number < 0 || (whole && !Number.isInteger(number))) {
        throw refuse(whole ? 'a whole number from 0 up' : 'a number from 0 up');
      }
      return number;
    }
  }
}
