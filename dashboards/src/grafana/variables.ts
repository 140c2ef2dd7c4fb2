import { labelName } from '../promql/labels.ts';
import { recorded } from '../promql/series.ts';
import { NORMALISED } from '../recording/normalised.ts';
import { choose, VARIABLES, type VariableId } from './queries.ts';

interface VariableQuery {
  readonly id: VariableId;
  readonly label: string;
  readonly query: string;
}

const LABELS: Readonly<Record<VariableId, string>> = {
  job: 'Service',
  providerName: 'Provider',
  requestModel: 'Model',
  useCase: 'Use case',
};

/** Every variable offers what is left by the ones before it; read from recorded series, which are few and one per model. */
export const VARIABLE_QUERIES: readonly VariableQuery[] = VARIABLES.map((id, index) => {
  const before = VARIABLES.slice(0, index);
  // Calls are recorded once by service and once in full without it.
  const isOfService = id === 'job' || id === 'providerName';
  const series = isOfService
    ? recorded(NORMALISED.callsByService, { where: choose(before) })
    : recorded(NORMALISED.calls, { where: choose(before.filter((one) => one !== 'job')) });
  return { id, label: LABELS[id], query: `label_values(${series.text}, ${labelName(id)})` };
});
