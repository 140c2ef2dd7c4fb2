import { CALLS } from '../recording/calls.ts';
import { PAST } from '../recording/past.ts';
import { SYMPTOMS } from '../recording/symptoms.ts';
import { asWellAs, WHOSE_IS_IT, worstFirst } from './diagnosis.ts';
import { surgeAlert, symptomAlert } from './symptom.ts';

const OF_ANSWERS = {
  category: 'content',
  dashboard: 'quality',
  of: CALLS.answered,
  ofWhat: 'answers',
} as const;

export const CONTENT_ALERTS = {
  BrownoutEmptyAnswers: symptomAlert({
    ...OF_ANSWERS,
    share: SYMPTOMS.empty,
    threshold: 0.03,
    says: 'had nothing in them',
    summary: 'Answers come in time and are empty.',
    runbook: {
      meaning: 'Calls finished with a 2xx and without text, or with nothing but reasoning, or without a tool call.',
      impact: 'Users see nothing. Programs that do not look take the empty text for an answer.',
      us: asWellAs(
        {
          text: 'A limit on output tokens that the reasoning uses up leaves nothing for the answer.',
          queries: [worstFirst(SYMPTOMS.empty)],
        },
        WHOSE_IS_IT.us,
      ),
      mitigation: [
        'Ask again: emptiness is rarely the same twice. Bound how often.',
        'Raise the limit on output tokens where the model reasons.',
        'Move the use case to another model.',
      ],
      falsePositives: ['A prompt that allows to say nothing gets nothing: exclude it, or ask for a word.'],
    },
  }),
  BrownoutTruncationSurge: surgeAlert({
    ...OF_ANSWERS,
    share: SYMPTOMS.truncated,
    usual: PAST.truncated,
    threshold: 0.1,
    says: 'ended at a length limit',
    summary: 'Many more answers than usual end at a length limit.',
    runbook: {
      meaning:
        "The finish reason was a length limit, the caller's or the model's, for several times as many answers as is usual for this model.",
      impact: 'Answers lack their end; structured output does not parse.',
      us: asWellAs(
        {
          text: 'A lower limit on output tokens or a prompt that asks for more came with a deployment of ours.',
          queries: [worstFirst(SYMPTOMS.truncated)],
        },
        WHOSE_IS_IT.us,
      ),
      mitigation: [
        'Raise the limit on output tokens, or ask for less.',
        'Where the model became wordier by itself, pin the version of it that was not.',
      ],
      falsePositives: ['A new use case with a low limit on purpose: it is usual after a day.'],
    },
  }),
  BrownoutMalformedOutput: symptomAlert({
    ...OF_ANSWERS,
    share: SYMPTOMS.malformed,
    threshold: 0.05,
    says: 'were not the JSON that was asked for',
    summary: 'Structured output does not parse or does not fit its schema.',
    runbook: {
      meaning:
        'JSON was asked for, by a response format, a schema or the arguments of a tool, and what came does not parse or breaks the schema. The share is of all answers of the model, since a call does not say in metrics what it asked for: of those that asked for JSON it is larger.',
      impact: 'What the application does with the answer fails, or is done with half of the data.',
      us: asWellAs(
        {
          text: 'A change of a prompt or a schema of ours is the usual cause; cut and truncated answers make broken JSON, too.',
          queries: [worstFirst(SYMPTOMS.malformed), worstFirst(SYMPTOMS.truncated)],
        },
        WHOSE_IS_IT.us,
      ),
      mitigation: [
        "Use the vendor's strict mode for schemas where there is one.",
        'Ask again once, with the error; then use the fallback.',
        'Go back to the version of the prompt or the model before it.',
      ],
      falsePositives: [
        'A use case that asks for JSON in the prompt only and copes with prose is not counted; one that asks by schema and copes is.',
      ],
    },
  }),
  BrownoutForeignAnswers: symptomAlert({
    ...OF_ANSWERS,
    share: SYMPTOMS.foreign,
    threshold: 0.03,
    says: 'were not what the protocol says an answer is',
    summary: "Calls are answered with something that is no answer of the vendor's interface.",
    runbook: {
      meaning:
        'The status line was a 2xx and the body was empty, a page of HTML, JSON or a stream that does not parse, or JSON where a stream was asked for.',
      impact: 'The SDK throws an error of parsing, or gives an empty answer without one. Uptime monitoring sees a 200.',
      us: asWellAs(
        {
          text: 'A proxy, gateway or captive portal of ours that answers in the place of the vendor does so for every provider behind it.',
          queries: [worstFirst(SYMPTOMS.foreign)],
        },
        WHOSE_IS_IT.us,
      ),
      mitigation: [
        'Look at the body of one: it names who wrote it.',
        'Ask again: one broken server among many is met once.',
        'Move the use case to another model or provider.',
      ],
      falsePositives: [
        'A server that speaks almost the dialect: all of its calls are in the share, from the first day on.',
      ],
    },
  }),
  BrownoutRepetition: symptomAlert({
    ...OF_ANSWERS,
    share: SYMPTOMS.repeating,
    threshold: 0.02,
    says: 'ran into a loop',
    summary: 'Answers repeat themselves.',
    runbook: {
      meaning: 'The output entered a loop: the same text at least four times over at least 40 tokens.',
      impact: 'Users read the same sentence again and again, and the tokens are paid for.',
      mitigation: [
        'Stop such an answer when it is seen instead of waiting for the length limit.',
        'Raise the temperature or the frequency penalty where they are at their lowest.',
        'Move the use case to another model; a loop often comes with a new version of one.',
      ],
      falsePositives: ['Answers that repeat on purpose: tables of equal rows, lyrics, test data.'],
    },
  }),
  BrownoutRefusalSurge: surgeAlert({
    ...OF_ANSWERS,
    share: SYMPTOMS.blocked,
    usual: PAST.blocked,
    threshold: 0.05,
    says: 'were refused or filtered',
    summary: 'Many more answers than usual are refused.',
    runbook: {
      meaning:
        "The model refused, or a content filter or safety stop of the vendor's took the answer away, several times as often as is usual for this model.",
      impact: 'Users are told no for what worked yesterday.',
      us: asWellAs(
        {
          text: 'A change of a prompt of ours, or one user who tries things: look at the use cases.',
          queries: [worstFirst(SYMPTOMS.blocked)],
        },
        WHOSE_IS_IT.us,
      ),
      mitigation: [
        'Compare with the time of the last change of a prompt, and take it back.',
        'Ask the vendor whether a filter was changed; pin the version of the model.',
        'Send what was refused to another model, if your rules allow it.',
      ],
      falsePositives: ['An attack on the application is refused rightly: then it is an incident of another kind.'],
    },
  }),
  BrownoutGarbledOutput: symptomAlert({
    ...OF_ANSWERS,
    share: SYMPTOMS.garbled,
    threshold: 0.01,
    says: 'were garbled or in a script that nobody asked for',
    summary: 'Answers are not readable.',
    runbook: {
      meaning:
        'The text has replacement characters or broken ones above a share of it, or is written in a script that the request neither contains nor asks for.',
      impact: 'Users cannot read the answer. It is stored and shown like that.',
      us: asWellAs(
        {
          text: 'A proxy or client of ours that cuts the bytes of a character in two garbles the streams of every provider.',
          queries: [worstFirst(SYMPTOMS.garbled)],
        },
        WHOSE_IS_IT.us,
      ),
      mitigation: [
        'Move the use case to another model.',
        'Lower the temperature where it is unusually high.',
        'Look at what was stored meanwhile.',
      ],
      falsePositives: ['Translation into a language that the prompt names only by a code.'],
    },
  }),
  BrownoutModelSubstituted: symptomAlert({
    ...OF_ANSWERS,
    category: 'inconsistent',
    share: SYMPTOMS.substituted,
    threshold: 0.01,
    says: 'came from another model than the one that was asked',
    summary: 'Another model answers in the name of the one that was asked.',
    runbook: {
      meaning:
        'The response names a model that is no version of the requested one, and neither a fallback of the vendor nor of a gateway was announced.',
      impact: 'Quality, price and limits are those of another model than the one that was tested.',
      us: asWellAs(
        { text: 'A gateway of ours may map names to models.', queries: [worstFirst(SYMPTOMS.substituted)] },
        WHOSE_IS_IT.us,
      ),
      mitigation: [
        'Ask for the exact version instead of an alias.',
        'Ask the vendor or the owner of the gateway.',
        'Run your evaluation on what answers now.',
      ],
      falsePositives: ["An alias whose versions are named unlike it: the dialect's table of aliases lacks it."],
    },
  }),
} as const;
