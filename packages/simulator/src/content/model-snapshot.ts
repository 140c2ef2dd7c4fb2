const DATED = /-\d{4}-\d{2}-\d{2}$|-\d{8}$/;

/**
 * The dated snapshot that a provider answers with when it is asked for an alias, as
 * https://platform.openai.com/docs/models and https://docs.claude.com/en/docs/about-claude/models describe.
 * Names that already carry a date, embedding models, fine-tuned models and gateways' names come back unchanged.
 */
export function modelSnapshot(model: string): string {
  if (DATED.test(model) || model.includes('embedding') || model.includes(':') || model.includes('/')) return model;
  if (model.startsWith('claude')) return `${model.replace(/-latest$/, '')}-20260807`;
  return /^(gpt|o\d|chatgpt|codex)/.test(model) ? `${model.replace(/-latest$/, '')}-2026-08-07` : model;
}
