import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import type { Evidence } from './evidence.ts';
import { LagError } from './prometheus.ts';

const orNull = <Schema extends v.GenericSchema>(schema: Schema) => v.nullable(schema);
const moment = v.object({ at: v.number(), after: orNull(v.number()) });

const EVIDENCE = v.object({
  from: v.number(),
  to: v.number(),
  hurts: v.array(
    v.object({
      provider: v.string(),
      model: v.string(),
      onset: moment,
      end: orNull(v.number()),
      calls: v.number(),
      hurtCalls: v.number(),
    }),
  ),
  declarations: v.array(
    v.object({
      vendor: v.string(),
      providers: v.array(v.string()),
      models: v.union([v.array(v.string()), v.literal('unclear')]),
      id: orNull(v.string()),
      name: orNull(v.string()),
      url: orNull(v.string()),
      firstPost: moment,
      claimedStart: orNull(v.number()),
      end: orNull(v.number()),
      callsMeanwhile: v.number(),
    }),
  ),
  readings: v.array(v.object({ vendor: v.string(), providers: v.array(v.string()), times: v.array(v.number()) })),
});

/** The evidence itself, or anything that has it under the key `evidence`, as the demo's summary does. */
const FILE = v.union([
  v.pipe(
    v.object({ evidence: EVIDENCE }),
    v.transform(({ evidence }) => evidence),
  ),
  EVIDENCE,
]);

/** Reads saved evidence. Throws `LagError` where the file has none. */
export function readEvidence(path: string): Evidence {
  const parsed = v.safeParse(FILE, parse(path));
  if (parsed.success) return parsed.output;
  throw new LagError(
    `${path} has no evidence of what was seen and declared: it must be what the demo prints with --json, or \`lag --json\` itself`,
  );
}

function parse(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new LagError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
