import type { RecordedRequest } from '../request-log.ts';
import type { Phase } from '../schedule/schedule.ts';
import type { PageRequest } from '../status-page/serve-page.ts';
import type { Simulator } from '../start-simulator.ts';
import type { Paint } from './paint.ts';

/** What a user needs to point a client at the simulator. */
export function formatGreeting(simulator: Simulator, paint: Paint): string {
  return [
    `${paint('bold', 'brownout-simulator')} listens on ${simulator.url}`,
    `  OpenAI     OPENAI_BASE_URL=${simulator.url}/v1`,
    `  Anthropic  ANTHROPIC_BASE_URL=${simulator.url}`,
    `  Status     ${Object.values(simulator.statusPages).join(', ')}`,
    paint('dim', `  One client only, one fault: ${simulator.url}/~stall;afterChunks=3 (--list-faults names them all)`),
    '',
    '',
  ].join('\n');
}

export function formatPhase(phase: Phase, paint: Paint): string {
  const faults = phase.faults.map(({ fault, share, parameters }) => {
    const part = share ?? Number(parameters?.['share'] ?? 1);
    return part < 1 ? `${fault} ${Math.round(part * 100)} %` : fault;
  });
  return `${paint('bold', `— ${phase.name}`)} ${paint('dim', faults.join(', ') || 'healthy')}\n`;
}

/** The same of a request to a status page. */
export function formatPageRequest({ at, status, provider, path, fault }: PageRequest, paint: Paint): string {
  const colour = status === null || status >= 400 ? 'red' : fault === null ? 'green' : 'yellow';
  const parts = [
    paint('dim', new Date(at).toISOString().slice(11, 23)),
    paint(colour, String(status ?? '---')),
    `status page of ${provider}`,
    path,
    fault === null ? '' : paint('yellow', fault),
  ];
  return `${parts.filter((part) => part !== '').join(' ')}\n`;
}

/** One line: time, status, duration, what was asked, and what was done to it. */
export function formatRequest(request: RecordedRequest, paint: Paint): string {
  const time = new Date(request.at).toISOString().slice(11, 23);
  const status = request.status === null ? '---' : String(request.status);
  const colour = request.status === null || request.status >= 400 ? 'red' : request.fault === null ? 'green' : 'yellow';
  const parts = [
    paint('dim', time),
    paint(colour, status),
    `${request.durationMs} ms`.padStart(9),
    request.method,
    request.path,
    request.model,
    request.streamed ? 'stream' : '',
    request.fault === null ? '' : paint('yellow', request.fault),
    request.aborted ? paint('red', 'client left') : '',
  ];
  return `${parts.filter((part) => part !== '').join(' ')}\n`;
}
