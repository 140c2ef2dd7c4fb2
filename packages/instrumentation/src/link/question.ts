import { crc32 } from 'node:zlib';
import type { CallFacts, QuestionHashes } from '@brownout/core';
import type { Question } from '@brownout/dialects';

/** Of a text that is longer than twice this, only its beginning and its end are looked at: a call must not cost what its prompt is long. */
const LONGEST_END = 2048;

export function hashQuestion({ said, toolResults, instructions }: Question): QuestionHashes {
  return {
    said: hash(said),
    toolResults: toolResults === undefined ? undefined : hash(toolResults),
    instructions: instructions === undefined ? undefined : hash(instructions),
    folded: instructions === undefined ? undefined : hash(`${instructions} ${said}`),
  };
}

/**
 * Whether the second call asks what the first one asked. Not the same is the same question under other instructions: a
 * router, a guard or a title is about the user's words too. Instructions may be left out, though, or be put before
 * the question, and an agent may begin anew, without what its tools had returned.
 */
export function asksTheSame(first: CallFacts, second: CallFacts): boolean {
  const [before, now] = [first.question, second.question];
  if (before === undefined || now === undefined || first.request.operation !== second.request.operation) return false;
  if (now.toolResults !== undefined && now.toolResults !== before.toolResults) return false;
  if (now.instructions === undefined && now.said === before.folded) return true;
  if (now.said !== before.said) return false;
  return (
    now.instructions === undefined || before.instructions === undefined || now.instructions === before.instructions
  );
}

/** White space that is more than one blank. */
const UNEVEN_SPACE = / \s|[^\S ]/;

/** The same words with other line breaks and indentation are the same. */
function hash(text: string): number {
  const isLong = text.length > 2 * LONGEST_END;
  const looked = isLong ? `${text.slice(0, LONGEST_END)}${text.length}${text.slice(-LONGEST_END)}` : text;
  const trimmed = looked.trim();
  // Most text has nothing to replace, and looking is a third of the work of copying it word by word.
  return crc32(UNEVEN_SPACE.test(trimmed) ? trimmed.replace(/\s+/g, ' ') : trimmed);
}
