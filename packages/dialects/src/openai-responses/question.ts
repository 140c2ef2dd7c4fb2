import type { Question } from '../dialect.ts';
import { asList, asObject, asText, isObject, type JsonObject } from '../json.ts';
import { textOf, toQuestion } from '../request-fields.ts';

const isInstruction = ({ role }: JsonObject): boolean => role === 'system' || role === 'developer';
const isToolResult = ({ type }: JsonObject): boolean =>
  type === 'function_call_output' || type === 'custom_tool_call_output';

/** Instructions are the field of that name, and what the input begins with. */
export function readQuestion(body: unknown): Question | undefined {
  const { instructions, input } = asObject(body);
  const given = textOf(instructions);
  if (typeof input === 'string') return toQuestion(input, [], [given]);
  const items = asList(input).filter(isObject);
  const opening = items.findIndex((item) => !isInstruction(item));
  const begun = opening === -1 ? items : items.slice(0, opening);
  const asking = items.findLast(({ role }) => role === 'user');
  return toQuestion(
    textOf(asking?.['content'], attachmentOf),
    items.slice(items.findLastIndex((item) => !isToolResult(item)) + 1).map(({ output }) => textOf(output)),
    [given, ...begun.map(({ content }) => textOf(content))],
  );
}

function attachmentOf(part: JsonObject): string | undefined {
  return (
    asText(part['image_url']) ??
    asText(part['file_data']) ??
    asText(part['file_url']) ??
    asText(part['file_id']) ??
    asText(asObject(part['input_audio'])['data'])
  );
}
