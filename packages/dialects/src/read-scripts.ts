import { scriptsOf } from '@brownout/core';
import type { ScriptSet } from '@brownout/core';
import { isObject } from './json.ts';
import { scriptsNamedIn } from './language-names.ts';

export const SCRIPT_READING = {
  /** Values of the request that are looked at. */
  mostValues: 20_000,
  /** Lists and objects in each other. */
  deepest: 100,
  /** Characters of texts with more than Latin in them. */
  mostCharacters: 200_000,
  /** Characters in which names of languages are looked for: the beginning and the end of each text. */
  namesIn: { eachEnd: 512, altogether: 4_096 },
} as const;

/** The model is shown more than the request contains: pictures, sounds, files, a conversation that the provider keeps. */
const UNSEEN_PART = /image|audio|video|file|document/;
const UNSEEN_BEFORE = ['previous_response_id', 'conversation', 'container'] as const;

/** Keys whose values are words of the protocol, of which a long conversation has hundreds. */
const WORDLESS: ReadonlySet<string> = new Set(['role', 'type', 'id', 'model']);

/**
 * The scripts that an answer may be in: those of every text of the request, and those of the languages that it names.
 * `undefined` where that cannot be told. Of the texts nothing is kept.
 */
export function readScripts(body: unknown): ScriptSet | undefined {
  if (!isObject(body) || UNSEEN_BEFORE.some((key) => body[key])) return undefined;
  // A prompt that is kept at the provider; a text is the prompt itself.
  if (isObject(body['prompt'])) return undefined;
  const left = {
    values: SCRIPT_READING.mostValues,
    characters: SCRIPT_READING.mostCharacters,
    names: SCRIPT_READING.namesIn.altogether,
  };
  let scripts: ScriptSet = 0;

  /** Returns whether everything could be seen. */
  function visit(value: unknown, depth: number): boolean {
    left.values -= 1;
    if (left.values < 0 || depth > SCRIPT_READING.deepest) return false;
    if (typeof value === 'string') return visitText(value);
    if (Array.isArray(value)) return visitList(value, depth + 1);
    if (!isObject(value)) return true;
    if (typeof value['type'] === 'string' && UNSEEN_PART.test(value['type'])) return false;
    for (const key in value) {
      if (!WORDLESS.has(key) && !visit(value[key], depth + 1)) return false;
    }
    return true;
  }

  /** The first message instructs and the last ones ask: these come first, as long as names of languages are looked for. */
  function visitList(list: readonly unknown[], depth: number): boolean {
    if (list.length === 0) return true;
    if (!visit(list[0], depth)) return false;
    for (let index = list.length - 1; index > 0; index -= 1) if (!visit(list[index], depth)) return false;
    return true;
  }

  function visitText(text: string): boolean {
    const found = scriptsOf(text);
    scripts |= found;
    if (found !== 0) left.characters -= text.length;
    if (left.names > 0) readNames(text);
    return left.characters >= 0;
  }

  function readNames(text: string): void {
    const { eachEnd } = SCRIPT_READING.namesIn;
    const whole = text.length <= 2 * eachEnd;
    left.names -= whole ? text.length : 2 * eachEnd;
    scripts |= scriptsNamedIn(whole ? text : `${text.slice(0, eachEnd)}\n${text.slice(-eachEnd)}`);
  }

  // Names of languages are looked for in what is said before they are in what tools are described with.
  const { tools, ...others } = body;
  return visit(others, 0) && visit(tools, 0) ? scripts : undefined;
}
