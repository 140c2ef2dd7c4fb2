/** Who is in trouble in the scenarios. The model's name has what addresses must escape. */
export const CALL = {
  job: 'shop',
  instance: 'shop-1:9464',
  providerName: 'openai',
  requestModel: 'gpt-x/1 beta',
  operationName: 'chat',
  useCase: 'triage',
} as const;

export const RUNBOOKS = 'https://example.com/brownout/runbooks';
