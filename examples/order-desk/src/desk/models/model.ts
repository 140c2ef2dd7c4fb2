export interface Question {
  readonly instructions: string;
  readonly text: string;
  /** Numbers of the orders that the customer asks about. */
  readonly orders: readonly string[];
}

/** Says what became of an order. */
export type LookUp = (order: string) => Promise<string>;

/** One of the models that can answer. */
export interface Model {
  readonly provider: string;
  readonly name: string;
  /** Throws where it has no answer. */
  answer(question: Question, lookUp: LookUp): Promise<string>;
}

/** Longer conversations than this lead nowhere. */
export const MOST_TURNS = 4;

/** The tool, as JSON Schema. */
export const TOOL = {
  name: 'look_up_order',
  description: 'Says where an order is.',
  parameters: (orders: readonly string[]) => ({
    type: 'object' as const,
    properties: { order: { type: 'string', enum: orders } },
    required: ['order'],
    additionalProperties: false,
  }),
};

/** The order that a model wants to know about; it may have made one up, or written none. */
export function orderOf(input: unknown): string {
  const order: unknown = typeof input === 'object' && input !== null ? Reflect.get(input, 'order') : undefined;
  return typeof order === 'string' ? order : '';
}
