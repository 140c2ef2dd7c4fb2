import type { AnswerEvent } from './answer-event.ts';
import {
  createGarbledDetector,
  createJsonDetector,
  createLanguageDetector,
  createRepetitionDetector,
} from './detectors/index.ts';
import type { DetectorSwitches, JsonDetector, LanguageDetector, ScriptSet, TextDetector } from './detectors/index.ts';
import type { RequestFacts, RequestSchemas } from './request-facts.ts';

/** The detectors that watch one answer, by choice or by tool call; made when there is something to watch. */
export interface Findings {
  readonly switches: DetectorSwitches;
  readonly schemas: () => RequestSchemas | undefined;
  readonly repetition: Map<number, TextDetector>;
  readonly garbled: Map<number, TextDetector>;
  readonly structured: Map<number, JsonDetector>;
  readonly toolArguments: Map<string, JsonDetector>;
  /** All choices together. */
  language: LanguageDetector | undefined;
}

/** More choices or parallel tool calls than this are not watched: memory per stream stays constant. */
export const MAX_WATCHED = 16;

export function createFindings(switches: DetectorSwitches, schemas: () => RequestSchemas | undefined): Findings {
  return {
    switches,
    schemas,
    repetition: new Map(),
    garbled: new Map(),
    structured: new Map(),
    toolArguments: new Map(),
    language: undefined,
  };
}

type Output = Extract<AnswerEvent, { type: 'output' }>;

export function watchText(findings: Findings, { text, choice }: Output, request: RequestFacts): void {
  const { switches } = findings;
  if (switches.garbled) watched(findings, findings.garbled, choice, createGarbledDetector)?.push(text);
  if (switches.language) (findings.language ??= createLanguageDetector()).push(text);
  if (switches.repetition) watched(findings, findings.repetition, choice, createRepetitionDetector)?.push(text);
  if (switches.json && request.outputType === 'json') {
    watched(findings, findings.structured, choice, createOutputDetector)?.push(text);
  }
}

export function watchToolArguments(findings: Findings, { text, choice, tool }: Output): void {
  if (!findings.switches.json || tool?.freeText) return;
  const key = `${choice}:${tool?.index ?? 0}`;
  watched(findings, findings.toolArguments, key, createToolDetector, tool?.name)?.push(text);
}

const createOutputDetector = ({ switches, schemas }: Findings): JsonDetector =>
  createJsonDetector(switches.schema ? schemas()?.output : undefined);

/** A tool call is opened with its name. */
const createToolDetector = ({ switches, schemas }: Findings, name: string | undefined): JsonDetector =>
  createJsonDetector(switches.schema && name !== undefined ? schemas()?.tool(name) : undefined);

/** What it takes to make a detector is passed along and not closed over: this runs for every chunk. */
function watched<Key, Detector>(
  findings: Findings,
  detectors: Map<Key, Detector>,
  key: Key,
  create: (findings: Findings, tool: string | undefined) => Detector,
  tool?: string,
): Detector | undefined {
  let detector = detectors.get(key);
  if (detector === undefined && detectors.size < MAX_WATCHED) {
    detector = create(findings, tool);
    detectors.set(key, detector);
  }
  return detector;
}

/** What the detectors found, once the answer is over. */
export interface TextFindings {
  readonly repetition: boolean;
  readonly garbled: boolean;
  readonly malformedOutput: boolean;
  readonly invalidToolArguments: boolean;
  readonly schemaViolation: boolean;
  readonly languageSwitch: boolean;
}

/** @param scripts what the answer may be written in; `undefined` where that is not known. */
export function closeFindings(findings: Findings, scripts: ScriptSet | undefined): TextFindings {
  const { repetition, garbled, structured, toolArguments, language } = findings;
  return {
    repetition: [...repetition.values()].some((detector) => detector.found),
    garbled: [...garbled.values()].some((detector) => detector.found),
    malformedOutput: anyMalformed(structured),
    invalidToolArguments: anyMalformed(toolArguments),
    schemaViolation: [...structured.values(), ...toolArguments.values()].some((detector) => detector.violatesSchema),
    languageSwitch: scripts !== undefined && (language?.isSwitched(scripts) ?? false),
  };
}

/** Lets go of the detectors once their findings are in the call's outcome. */
export function releaseDetectors(findings: Findings): void {
  const { repetition, garbled, structured, toolArguments } = findings;
  findings.language = undefined;
  for (const detectors of [repetition, garbled, structured, toolArguments]) detectors.clear();
}

function anyMalformed(detectors: ReadonlyMap<unknown, JsonDetector>): boolean {
  let malformed = false;
  for (const detector of detectors.values()) {
    detector.close();
    malformed ||= detector.malformed;
  }
  return malformed;
}
