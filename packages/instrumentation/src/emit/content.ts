import type { AnswerEvent } from '@brownout/core';
import type { Dialect } from '@brownout/dialects';
import { ATTRIBUTE } from '@brownout/signals';
import type { Attributes } from '@opentelemetry/api';
import type { Config } from '../config/config.ts';
import { defined } from './call-attributes.ts';

/** Keeps what was asked and what was answered, for the one call it was made for; only where capture is switched on. */
export interface ContentRecorder {
  readonly event: (event: AnswerEvent) => void;
  readonly attributes: () => CapturedContent;
}

/** Attributes for the call's span and for its event; `undefined` where capture is not switched on for the one or the other. */
export interface CapturedContent {
  readonly span: Attributes | undefined;
  readonly event: Attributes | undefined;
}

/** More output than this is not kept, in characters. */
const MOST_OUTPUT = 1024 * 1024;

export function createContentRecorder(
  capture: Config['captureContent'],
  dialect: Dialect,
  body: unknown,
): ContentRecorder | undefined {
  if (capture === 'none') return undefined;
  const request = dialect.readContent(body);
  const parts = new Map<string, OutputPart>();
  let size = 0;
  return {
    event(event) {
      if (event.type !== 'output' || event.kind === 'embedding' || event.kind === 'media' || size >= MOST_OUTPUT)
        return;
      size += event.text.length;
      const key = `${event.choice} ${event.kind} ${event.tool?.index ?? 0}`;
      const part = parts.get(key) ?? { choice: event.choice, kind: event.kind, text: '', name: '', id: '' };
      part.text += event.text;
      part.name = event.tool?.name ?? part.name;
      part.id = event.tool?.id ?? part.id;
      parts.set(key, part);
    },
    attributes() {
      // The JS SDK takes no objects as span attributes; the conventions ask for JSON text there.
      const content = defined({
        [ATTRIBUTE.systemInstructions]: json(request.systemInstructions),
        [ATTRIBUTE.inputMessages]: json(request.inputMessages),
        [ATTRIBUTE.toolDefinitions]: json(request.toolDefinitions),
        [ATTRIBUTE.outputMessages]: json(outputMessages([...parts.values()])),
      });
      return {
        span: capture === 'span' || capture === 'span_and_event' ? content : undefined,
        event: capture === 'event' || capture === 'span_and_event' ? content : undefined,
      };
    },
  };
}

interface OutputPart {
  readonly choice: number;
  readonly kind: string;
  text: string;
  name: string;
  id: string;
}

function outputMessages(parts: readonly OutputPart[]): readonly unknown[] | undefined {
  if (parts.length === 0) return undefined;
  const byChoice = Map.groupBy(parts, (part) => part.choice);
  return [...byChoice.values()].map((choice) => ({ role: 'assistant', parts: choice.map(messagePart) }));
}

function messagePart({ kind, text, name, id }: OutputPart): unknown {
  if (kind === 'tool_call') return { type: 'tool_call', ...(id !== '' && { id }), name, arguments: text };
  return { type: kind === 'reasoning' ? 'reasoning' : 'text', content: text };
}

function json(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}
