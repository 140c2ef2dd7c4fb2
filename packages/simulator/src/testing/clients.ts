import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';

/** The official clients, pointed at the simulator, that try once only. */
export function openaiAt(url: string, maxRetries = 0): OpenAI {
  return new OpenAI({ apiKey: 'sk-test', baseURL: `${url}/v1`, maxRetries });
}

export function anthropicAt(url: string, maxRetries = 0): Anthropic {
  return new Anthropic({ apiKey: 'sk-ant-test', baseURL: url, maxRetries });
}
