import type { Call, Operation } from '@brownout/core';
import { ATTRIBUTE, UNSPECIFIED_VALUE } from '@brownout/signals';
import { createLimiter } from './limiter.ts';

/** The dimensions that every `brownout.*` metric about calls carries, their values already bounded. */
export interface CommonDimensions {
  readonly 'gen_ai.provider.name': string;
  readonly 'gen_ai.request.model': string;
  readonly 'gen_ai.operation.name': Operation;
  readonly 'brownout.use_case': string;
}

/** The dimensions of the GenAI conventions' metrics, as far as they are known, their values already bounded. */
export interface GenAiDimensions {
  readonly 'gen_ai.provider.name': string;
  readonly 'gen_ai.operation.name': Operation;
  readonly 'gen_ai.request.model'?: string;
  readonly 'gen_ai.response.model'?: string;
  readonly 'server.address'?: string;
  readonly 'server.port'?: number;
  readonly 'openai.response.service_tier'?: string;
}

/** The dimensions of the one metric that is recorded for every chunk. */
export type ChunkDimensions = Pick<
  GenAiDimensions,
  'gen_ai.operation.name' | 'gen_ai.provider.name' | 'gen_ai.request.model'
>;

/** Bounds the values of every dimension that an application or a provider can invent. */
export interface DimensionLimits {
  readonly requestModel: (value: string) => string;
  readonly responseModel: (value: string) => string;
  readonly useCase: (value: string) => string;
  readonly task: (value: string) => string;
  readonly serverAddress: (value: string) => string;
  readonly errorType: (value: string) => string;
}

/** Hosts, error codes and service tiers that one process sees are few; beyond this they are noise. */
const OTHER_LIMIT = 100;

export function createDimensionLimits(
  limits: { readonly models: number; readonly useCases: number; readonly taskNames: number },
  onOverflow: (dimension: string) => void,
): DimensionLimits {
  const limiter = (dimension: string, limit: number): ((value: string) => string) =>
    createLimiter(limit, () => onOverflow(dimension));
  return {
    requestModel: limiter(ATTRIBUTE.requestModel, limits.models),
    responseModel: limiter(ATTRIBUTE.responseModel, limits.models),
    useCase: limiter(ATTRIBUTE.useCase, limits.useCases),
    task: limiter(ATTRIBUTE.task, limits.taskNames),
    serverAddress: limiter(ATTRIBUTE.serverAddress, OTHER_LIMIT),
    errorType: limiter(ATTRIBUTE.errorType, OTHER_LIMIT),
  };
}

/** The common dimensions of a call: one and the same object for every call that has the same ones. */
export function createCommonDimensions(limits: DimensionLimits): (call: Call) => CommonDimensions {
  const known = new Map<string, CommonDimensions>();
  return ({ facts }) => {
    const model = limits.requestModel(facts.request.model ?? UNSPECIFIED_VALUE);
    const useCase = limits.useCase(facts.useCase);
    const key = `${facts.provider}\n${model}\n${facts.request.operation}\n${useCase}`;
    let common = known.get(key);
    if (common === undefined) {
      common = {
        [ATTRIBUTE.useCase]: useCase,
        [ATTRIBUTE.operationName]: facts.request.operation,
        [ATTRIBUTE.providerName]: facts.provider,
        [ATTRIBUTE.requestModel]: model,
      };
      known.set(key, common);
    }
    return common;
  };
}

/** The same order of keys for every call: sorting what is sorted takes an SDK less time. */
export function genAiDimensions({ facts, attempts }: Call, limits: DimensionLimits): GenAiDimensions {
  const answer = attempts.at(-1)?.answer;
  const { operation, model, openaiApiType } = facts.request;
  const dimensions: Writable<GenAiDimensions> = {
    [ATTRIBUTE.operationName]: operation,
    [ATTRIBUTE.providerName]: facts.provider,
  };
  if (model !== undefined) dimensions[ATTRIBUTE.requestModel] = limits.requestModel(model);
  if (answer?.model !== undefined) dimensions[ATTRIBUTE.responseModel] = limits.responseModel(answer.model);
  if (openaiApiType !== undefined && answer?.serviceTier !== undefined) {
    dimensions[ATTRIBUTE.openaiResponseServiceTier] = answer.serviceTier;
  }
  dimensions[ATTRIBUTE.serverAddress] = limits.serverAddress(facts.serverAddress);
  dimensions[ATTRIBUTE.serverPort] = facts.serverPort;
  return dimensions;
}

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/**
 * What an SDK does to look a series up grows with the number of its dimensions (0.9 µs for five, 0.55 µs for three), so only
 * those are here that the conventions require.
 */
export function chunkDimensions({ facts }: Call, limits: DimensionLimits): ChunkDimensions {
  const { operation, model } = facts.request;
  return {
    [ATTRIBUTE.operationName]: operation,
    [ATTRIBUTE.providerName]: facts.provider,
    ...(model !== undefined && { [ATTRIBUTE.requestModel]: limits.requestModel(model) }),
  };
}
