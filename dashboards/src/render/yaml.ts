import { Document, isScalar, visit } from 'yaml';

/** A generated YAML file: a head that says so, long expressions as blocks. */
export function renderYaml(head: string, content: unknown): string {
  const document = new Document(content, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar(_, node) {
      if (isScalar(node) && typeof node.value === 'string' && node.value.includes('\n')) node.type = 'BLOCK_LITERAL';
    },
  });
  const comment = head
    .split('\n')
    .map((line) => `# ${line}`.trimEnd())
    .join('\n');
  return `${comment}\n${document.toString({ lineWidth: 0 })}`;
}
