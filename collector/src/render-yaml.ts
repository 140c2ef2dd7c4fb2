import { Document, isScalar, visit } from 'yaml';

/** A generated file with one document, under a head that says so. */
export const renderYaml = (head: string, content: unknown): string => `${comment(head)}\n${render(content)}`;

export const renderDocuments = (head: string, documents: readonly object[]): string =>
  `${comment(head)}\n${documents.map(render).join('---\n')}`;

const comment = (text: string): string =>
  text
    .split('\n')
    .map((line) => `# ${line}`)
    .join('\n');

function render(content: unknown): string {
  const document = new Document(content, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar(_, node) {
      if (isScalar(node) && typeof node.value === 'string' && node.value.includes('\n')) node.type = 'BLOCK_LITERAL';
    },
  });
  return document.toString({ lineWidth: 0 });
}
