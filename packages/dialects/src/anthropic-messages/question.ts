import type { Question } from '../dialect.ts';
import { asList, asObject, asText, isObject, type JsonObject } from '../json.ts';
import { textOf, toQuestion } from '../request-fields.ts';

/** Tool results travel in user messages too: what the user said last is the last that is more than results. */
export function readQuestion(body: unknown): Question | undefined {
  const { system, messages } = asObject(body);
  const fromUser = asList(messages)
    .filter(isObject)
    .filter(({ role }) => role === 'user');
  let said = '';
  for (const { content } of fromUser.toReversed()) {
    said = textOf(content, attachmentOf);
    if (said.trim() !== '') break;
  }
  return toQuestion(said, resultsIn(asList(messages).at(-1)), [textOf(system)]);
}

/** What tools returned, where the message says nothing else. */
function resultsIn(message: unknown): readonly string[] {
  const blocks = asList(asObject(message)['content']).filter(isObject);
  const results = blocks.filter(({ type }) => type === 'tool_result');
  return results.length === blocks.length ? results.map(({ content }) => textOf(content)) : [];
}

function attachmentOf({ type, source }: JsonObject): string | undefined {
  if (type !== 'image' && type !== 'document') return undefined;
  const { data, url, file_id: fileId } = asObject(source);
  return asText(data) ?? asText(url) ?? asText(fileId);
}
