/** What the demo's programs write to their standard error. */
export interface Errors {
  write(line: string): void;
  /** Once the screen stands. */
  release(): void;
}

/** One failed ticket is a dozen of them: more say nothing new. */
const MOST_LINES = 30;

/** @param isScreen whether a screen is drawn meanwhile, which a line in between would tear: then they wait */
export function holdBack(stream: Pick<NodeJS.WritableStream, 'write'>, isScreen: boolean): Errors {
  const held: string[] = [];
  return {
    write: (line) => void (isScreen ? held.push(line) : stream.write(line)),
    release() {
      for (const line of held.slice(0, MOST_LINES)) stream.write(line);
      if (held.length > MOST_LINES) stream.write(`and ${held.length - MOST_LINES} lines more\n`);
      held.length = 0;
    },
  };
}
