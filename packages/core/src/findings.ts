import type { AnswerEvent } from './answer-event.ts';
import {
  createGarbledDetector,
  createJsonDetector,
  createLanguageDetector,
  createRepetitionDetector,
} from './detectors/index.ts';
import type { DetectorSwitches, JsonDetector, LanguageDetector, ScriptSet, TextDetector } from './detectors/index.ts';
import type { RequestFacts, RequestSchemas } from './request-facts.ts';

/** The detectors that watch one answer; made when there is something to watch. */
export interface Findings {
  readonly switches: DetectorSwitches;
  readonly schemas: () => RequestSchemas | undefined;
  /** By the index of the choice. */
  readonly choices: ChoiceWatch[];
  /** By choice and index of the tool call. */
  readonly toolArguments: Map<number, JsonDetector>;
  /** All choices together. */
  language: LanguageDetector | undefined;
}

interface ChoiceWatch {
  readonly repetition: TextDetector | undefined;
  readonly garbled: TextDetector | undefined;
  /** Whether JSON was asked for may be known only after the choice has begun. */
  structured: JsonDetector | undefined;
}

/** More choices or parallel tool calls than this are not watched: memory per stream stays constant. */
export const MAX_WATCHED = 16;

export function createFindings(switches: DetectorSwitches, schemas: () => RequestSchemas | undefined): Findings {
  return { switches, schemas, choices: [], toolArguments: new Map(), language: undefined };
}

type Output = Extract<AnswerEvent, { type: 'output' }>;

/** On the path of every chunk. */
export function watchText(findings: Findings, { text, choice }: Output, request: RequestFacts): void {
  const { switches, schemas } = findings;
  if (switches.language) (findings.language ??= createLanguageDetector()).push(text);
  const watch = findings.choices[choice] ?? watchChoice(findings, choice);
  if (watch === undefined) return;
  watch.garbled?.push(text);
  watch.repetition?.push(text);
  if (!switches.json || request.outputType !== 'json') return;
  watch.structured ??= createJsonDetector(switches.schema ? schemas()?.output : undefined);
  watch.structured.push(text);
}

function watchChoice({ switches, choices }: Findings, choice: number): ChoiceWatch | undefined {
  if (!Number.isInteger(choice) || choice < 0 || choice >= MAX_WATCHED) return undefined;
  const watch: ChoiceWatch = {
    repetition: switches.repetition ? createRepetitionDetector() : undefined,
    garbled: switches.garbled ? createGarbledDetector() : undefined,
    structured: undefined,
  };
  choices[choice] = watch;
  return watch;
}

/** Tool calls of one choice are numbered below this. */
const TOOL_CALLS = 65_536;

export function watchToolArguments(findings: Findings, { text, choice, tool }: Output): void {
  const { switches, schemas, toolArguments } = findings;
  if (!switches.json || tool?.freeText) return;
  const key = choice * TOOL_CALLS + (tool?.index ?? 0);
  let detector = toolArguments.get(key);
  if (detector === undefined) {
    if (toolArguments.size >= MAX_WATCHED) return;
    // A tool call is opened with its name.
    const schema = switches.schema && tool?.name !== undefined ? schemas()?.tool(tool.name) : undefined;
    detector = createJsonDetector(schema);
    toolArguments.set(key, detector);
  }
  detector.push(text);
}

/** What the detectors found so far. */
export interface TextFindings {
  readonly repetition: boolean;
  readonly garbled: boolean;
  readonly malformedOutput: boolean;
  readonly invalidToolArguments: boolean;
  readonly schemaViolation: boolean;
  readonly languageSwitch: boolean;
}

/**
 * @param complete nothing more will come: JSON that has not ended is malformed from now on.
 * @param scripts what the answer may be written in; `undefined` where that is not known.
 */
export function readFindings(findings: Findings, complete: boolean, scripts: ScriptSet | undefined): TextFindings {
  // Choices may have come in any order: there may be holes.
  const choices = findings.choices.filter((watch) => watch !== undefined);
  const structured = choices.map((watch) => watch.structured).filter((detector) => detector !== undefined);
  const toolArguments = [...findings.toolArguments.values()];
  if (complete) for (const detector of [...structured, ...toolArguments]) detector.close();
  return {
    repetition: choices.some(({ repetition }) => repetition?.found),
    garbled: choices.some(({ garbled }) => garbled?.found),
    malformedOutput: structured.some(({ malformed }) => malformed),
    invalidToolArguments: toolArguments.some(({ malformed }) => malformed),
    schemaViolation: [...structured, ...toolArguments].some(({ violatesSchema }) => violatesSchema),
    languageSwitch: scripts !== undefined && (findings.language?.isSwitched(scripts) ?? false),
  };
}

/** Lets go of the detectors once their findings are in the call's outcome. */
export function releaseDetectors(findings: Findings): void {
  findings.choices.length = 0;
  findings.toolArguments.clear();
  findings.language = undefined;
}
