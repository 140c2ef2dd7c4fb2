/** Watches one choice's text as it streams. It keeps numbers about the text, never the text. */
export interface TextDetector {
  /** Feeds the next piece. Where the text is cut makes no difference. */
  push(text: string): void;
  /** True from the moment the anomaly was established; it never goes back. */
  readonly found: boolean;
}
