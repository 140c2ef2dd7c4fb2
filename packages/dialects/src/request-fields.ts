import type { RequestFacts } from '@brownout/core';
import type { MessagePart, Question } from './dialect.ts';
import { asList, asObject, asText, type JsonObject } from './json.ts';

/** Azure OpenAI names the deployment in the path: https://learn.microsoft.com/azure/ai-services/openai/reference */
export function modelInPath(path: string): string | undefined {
  const deployment = /\/openai\/deployments\/([^/]+)\//.exec(path)?.[1];
  if (deployment === undefined) return undefined;
  try {
    return decodeURIComponent(deployment);
  } catch {
    return deployment;
  }
}

/** The text of a message, whose content is a string or a list of parts; what is attached is told by `attachmentOf`. */
export function textOf(
  content: unknown,
  attachmentOf: (part: JsonObject) => string | undefined = () => undefined,
): string {
  if (typeof content === 'string') return content;
  return asList(content)
    .map((part) => asText(asObject(part)['text']) ?? markOf(attachmentOf(asObject(part))))
    .filter((text) => text !== '')
    .join(' ');
}

/** Tells an attachment from others, by an address or by bytes in base64, in every format alike and without holding it. */
function markOf(attachment: string | undefined): string {
  if (attachment === undefined) return '';
  const content = attachment.startsWith('data:') ? attachment.slice(attachment.indexOf(',') + 1) : attachment;
  return `[${content.length} ${content.slice(-200)}]`;
}

/** What a conversation asks; `undefined` where it asks nothing. */
export function toQuestion(
  said: string,
  toolResults: readonly string[],
  instructions: readonly string[],
): Question | undefined {
  if (said.trim() === '' && toolResults.length === 0) return undefined;
  return {
    said,
    toolResults: toolResults.length > 0 ? toolResults.join(' ') : undefined,
    instructions: instructions.join(' ').trim() || undefined,
  };
}

/** What OpenAI's formats of an answer, the same in both of its APIs, ask for. */
export function outputTypeOf(format: unknown): RequestFacts['outputType'] | undefined {
  if (format === 'text') return 'text';
  return format === 'json_object' || format === 'json_schema' ? 'json' : undefined;
}

export function readStopSequences(stop: unknown): readonly string[] | undefined {
  const sequences = (typeof stop === 'string' ? [stop] : asList(stop)).filter((entry) => typeof entry === 'string');
  return sequences.length > 0 ? sequences : undefined;
}

/** A `data:` URI carries its bytes along, any other names a place. */
export function readDataUri(modality: string, uri: string): MessagePart {
  const inline = /^data:([\w.+/-]+);base64,/.exec(uri);
  const mimeType = inline?.[1];
  if (inline === null || mimeType === undefined) return { type: 'uri', modality, uri };
  return { type: 'blob', modality, mime_type: mimeType, content: uri.slice(inline[0].length) };
}

/** The entry of a list that has this name, of tools for example. */
export function findNamed(list: unknown, name: string): unknown {
  return asList(list).find((entry) => asObject(entry)['name'] === name);
}
