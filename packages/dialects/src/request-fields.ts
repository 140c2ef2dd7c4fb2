import type { MessagePart } from './dialect.ts';
import { asList, asObject, asText } from './json.ts';

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

/** The same words with other line breaks and indentation are the same question. */
export function normaliseSpace(text: string): string | undefined {
  const trimmed = text.trim();
  // Most text has nothing to replace, and looking is a third of the work of copying it word by word.
  return (UNEVEN_SPACE.test(trimmed) ? trimmed.replace(/\s+/g, ' ') : trimmed) || undefined;
}

/** White space that is more than one blank. */
const UNEVEN_SPACE = / \s|[^\S ]/;

/** The text of a message, whose content is a string or a list of parts. */
export function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return asList(content)
    .map((part) => asText(asObject(part)['text']) ?? '')
    .join(' ');
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
