export type { Dialect, DialectId, Emit, Message, MessagePart, RequestContent, StreamReader } from './dialect.ts';
