import { counter, type Scenario } from '../support/scenario.ts';
import { CALL, RUNBOOKS } from './subjects.ts';

const USABLE = { verdict: 'usable', reason: 'ok', fault: 'none', transport: 'up', streaming: 'true' } as const;

export const STREAM_SCENARIOS = [
  {
    alert: 'BrownoutStreamsStalling',
    series: [
      { metric: 'calls', labels: { ...CALL, ...USABLE }, values: counter(20) },
      { metric: 'budgetBreaches', labels: { ...CALL, budget: 'gap' }, values: counter(0, 2, 0.9) },
      { metric: 'budgetBreaches', labels: { ...CALL, budget: 'total' }, values: counter(8) },
    ],
    phases: { healthy: 30, bad: 40, after: 40 },
    fires: 45,
    steady: 69,
    over: 85,
    lowTraffic: 0.05,
    bystander: 'providerName',
    expected: [
      {
        labels: {
          severity: 'warning',
          category: 'stalled',
          gen_ai_provider_name: 'openai',
          gen_ai_request_model: 'gpt-x/1 beta',
        },
        annotations: {
          summary: 'Streams go silent in the middle of their answers.',
          description:
            '10% of the 300 streams of openai gpt-x/1 beta in the last 15m went silent for longer than the gap budget.',
          runbook_url: `${RUNBOOKS}/BrownoutStreamsStalling.md`,
          dashboard_url:
            'https://example.com/grafana/d/brownout-model?var-gen_ai_provider_name=openai&var-gen_ai_request_model=gpt-x%2F1+beta',
        },
      },
    ],
  },
] as const satisfies readonly Scenario[];
