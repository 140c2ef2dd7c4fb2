import type { Question } from '../dialect.ts';
import { asList, asObject, asText, isObject, type JsonObject } from '../json.ts';
import { textOf, toQuestion } from '../request-fields.ts';

const isInstruction = ({ role }: JsonObject): boolean => role === 'system' || role === 'developer';
const isToolResult = ({ role }: JsonObject): boolean => role === 'tool' || role === 'function';

/** Instructions are those at the beginning: what is said in the middle of a conversation is part of it. */
export function readQuestion(body: unknown): Question | undefined {
  const messages = asList(asObject(body)['messages']).filter(isObject);
  const opening = messages.findIndex((message) => !isInstruction(message));
  const instructions = opening === -1 ? messages : messages.slice(0, opening);
  const asking = messages.findLast(({ role }) => role === 'user');
  return toQuestion(
    textOf(asking?.['content'], attachmentOf),
    messages
      .slice(messages.findLastIndex((message) => !isToolResult(message)) + 1)
      .map(({ content }) => textOf(content)),
    instructions.map(({ content }) => textOf(content)),
  );
}

function attachmentOf(part: JsonObject): string | undefined {
  const file = asObject(part['file']);
  return (
    asText(asObject(part['image_url'])['url']) ??
    asText(asObject(part['input_audio'])['data']) ??
    asText(file['file_data']) ??
    asText(file['file_id'])
  );
}
