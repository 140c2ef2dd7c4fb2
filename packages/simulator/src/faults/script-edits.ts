import type { Step } from '../wire/step.ts';

type OutputStep = Extract<Step, { do: 'write' }>;

/** A reset throws away what the client has not read yet, so the bytes before it get a moment to arrive. */
export const SETTLE: Step = { do: 'wait', milliseconds: 25 };

export function wait(milliseconds: number): Step {
  return { do: 'wait', milliseconds };
}

export function isOutput(step: Step): step is OutputStep {
  return step.do === 'write' && step.part === 'output';
}

/** The script up to and with the first `count` output chunks; at least one output chunk is always left out. */
export function keepOutput(steps: readonly Step[], count: number): Step[] {
  const outputs = steps.filter(isOutput);
  const first = outputs[Math.min(count, outputs.length - 1)];
  const end = first === undefined ? steps.findIndex(isClosing) : steps.indexOf(first);
  const kept = steps.slice(0, end < 0 ? steps.length : end);
  return kept.at(-1)?.do === 'wait' ? kept.slice(0, -1) : kept;
}

function isClosing(step: Step): boolean {
  return step.do === 'end' || (step.do === 'write' && (step.part === 'closing' || step.part === 'terminal'));
}

/** Adds a pause before output chunks; the first one has the index 0. */
export function beforeOutput(steps: readonly Step[], pause: (index: number) => number): Step[] {
  let index = -1;
  return steps.flatMap((step) => {
    if (!isOutput(step)) return [step];
    index += 1;
    return [wait(pause(index)), step];
  });
}

/** Changes the text of one output chunk: the one after the first `count`, or the last where there are fewer. */
export function mapNthOutput(steps: readonly Step[], count: number, change: (text: string) => string): Step[] {
  const outputs = steps.filter(isOutput);
  const chosen = outputs[Math.min(count, outputs.length - 1)];
  return steps.map((step) => (step === chosen ? { ...chosen, text: change(chosen.text) } : step));
}

/** Breaks the JSON of a server-sent event and leaves the event's own form whole. */
export function truncateData(event: string): string {
  const start = event.indexOf('data: ') + 'data: '.length;
  const data = event.slice(start).trimEnd();
  return `${event.slice(0, start)}${data.slice(0, Math.ceil(data.length / 2))}\n\n`;
}

/** A body in one piece whose second half never comes. */
export function firstHalf(steps: readonly Step[]): Step[] {
  return steps
    .filter((step) => step.do !== 'end')
    .map((step) => (isOutput(step) ? { ...step, text: step.text.slice(0, Math.ceil(step.text.length / 2)) } : step));
}

/** The same status, headers and timing to the head, with another body. `null` keeps the content type. */
export function replaceBody(steps: readonly Step[], body: string, contentType: string | null): Step[] {
  const place = steps.findIndex((step) => step.do === 'head');
  const head = steps[place];
  if (head?.do !== 'head') return [...steps];
  const headers = {
    ...head.headers,
    ...(contentType === null ? {} : { 'content-type': contentType }),
    'content-length': String(Buffer.byteLength(body)),
  };
  const content: Step[] = body === '' ? [] : [{ do: 'write', text: body, part: 'output' }];
  return [...steps.slice(0, place), { ...head, headers }, ...content, { do: 'end' }];
}
