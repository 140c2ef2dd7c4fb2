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
        [ATTRIBUTE.providerName]: facts.provider,
        [ATTRIBUTE.requestModel]: model,
        [ATTRIBUTE.operationName]: facts.request.operation,
        [ATTRIBUTE.useCase]: useCase,
      };
      known.set(key, common);
    }
    return common;
  };
}

export function genAiDimensions({ facts, attempts }: Call, limits: DimensionLimits): GenAiDimensions {
  const answer = attempts.at(-1)?.answer;
  return {
    [ATTRIBUTE.providerName]: facts.provider,
    [ATTRIBUTE.operationName]: facts.request.operation,
    ...(facts.request.model !== undefined && { [ATTRIBUTE.requestModel]: limits.requestModel(facts.request.model) }),
    ...(answer?.model !== undefined && { [ATTRIBUTE.responseModel]: limits.responseModel(answer.model) }),
    [ATTRIBUTE.serverAddress]: limits.serverAddress(facts.serverAddress),
    [ATTRIBUTE.serverPort]: facts.serverPort,
    ...(facts.request.openaiApiType !== undefined &&
      answer?.serviceTier !== undefined && { [ATTRIBUTE.openaiResponseServiceTier]: answer.serviceTier }),
  };
}

/**
 * The dimensions of the one metric that is recorded for every chunk: what an SDK does to look a series up grows with
 * their number, so the recommended ones that tell nothing about the model are left out.
 */
export function chunkDimensions(call: Call, limits: DimensionLimits): GenAiDimensions {
  const all = genAiDimensions(call, limits);
  const { [ATTRIBUTE.serverAddress]: _address, [ATTRIBUTE.serverPort]: _port, ...dimensions } = all;
  return dimensions;
}
