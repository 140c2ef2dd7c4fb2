/** Which stretch of an answer a piece of the body belongs to; faults find their place by it. */
export type Part = 'opening' | 'output' | 'closing' | 'terminal';

/** What is done to the socket, one thing after another. A reply is a list of these, so a fault is a function from list to list. */
export type Step =
  | { readonly do: 'wait'; readonly milliseconds: number }
  | { readonly do: 'head'; readonly status: number; readonly headers: Readonly<Record<string, string>> }
  | { readonly do: 'write'; readonly text: string; readonly part: Part }
  /** Writes the same text over and over until the client leaves, or for `forMilliseconds`. */
  | { readonly do: 'repeat'; readonly text: string; readonly everyMilliseconds: number; readonly times: number }
  /** Ends the body as HTTP asks. */
  | { readonly do: 'end' }
  /** Closes the socket (FIN) wherever the body stands. */
  | { readonly do: 'destroy' }
  /** Resets the connection (RST). */
  | { readonly do: 'reset' }
  /** Does nothing more until the client leaves. */
  | { readonly do: 'hang' };

/** One server-sent event, and how many tokens it carries (they decide how long it takes to come). */
export interface Frame {
  readonly part: Part;
  readonly text: string;
  readonly tokens: number;
}
