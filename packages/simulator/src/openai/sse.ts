import type { JsonObject } from '../content/json-value.ts';
import type { Frame, Part } from '../wire/step.ts';

/** A chat chunk: `data:` alone, no event name. */
export function dataFrame(part: Part, data: object | '[DONE]', tokens = 0): Frame {
  return { part, text: `data: ${data === '[DONE]' ? data : JSON.stringify(data)}\n\n`, tokens };
}

/** A Responses event: its type is both the event's name and a field of its data. */
export function eventFrame(part: Part, data: JsonObject & { readonly type: string }, tokens = 0): Frame {
  return { part, text: `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`, tokens };
}
