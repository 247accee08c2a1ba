/** Terraform reads `${` and `%{` in a heredoc as its own. */
function literal(text: string): string {
  return text.replaceAll('${', '$${').replaceAll('%{', '%%{');
}

function heredoc(json: string): string {
  return `<<-JSON\n${literal(json)
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')}\n  JSON`;
}

/** Names of Terraform resources: letters, digits and underscores. */
export function terraformName(id: string): string {
  return id.replaceAll(/[^A-Za-z0-9]/g, '_');
}

export interface TerraformBlock {
  readonly type: string;
  readonly name: string;
  /** Arguments in their order; `json` is written as a document, other values as they stand. */
  readonly arguments: readonly (
    | readonly [name: string, value: string]
    | readonly [name: string, value: { readonly json: string }]
  )[];
}

export function terraformText(blocks: readonly TerraformBlock[]): string {
  return blocks
    .map(({ type, name, arguments: given }) => {
      const width = Math.max(...given.map(([argument]) => argument.length));
      const lines = given.map(([argument, value]) => {
        const text = typeof value === 'string' ? value : heredoc(value.json);
        return `  ${argument.padEnd(width)} = ${text}`;
      });
      return `resource "${type}" "${name}" {\n${lines.join('\n')}\n}\n`;
    })
    .join('\n');
}
