/** What a reader of the command could not see, or what would make it look like another command. */
const unseen = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{M}]|(?! )\p{Zs}/u;

/** The AWS CLI reads such a value as the address of the real one. */
const indirect = /^(?:fileb?|https?):\/\//i;

/**
 * One word for sh, in single quotes, whatever is in it. Null for values that must not stand in a command: those that
 * cannot be shown as they are, and those that the AWS CLI would fetch.
 */
export function shellQuote(value: string): string | null {
  if (unseen.test(value) || indirect.test(value)) {
    return null;
  }
  return `'${value.replaceAll("'", `'\\''`)}'`;
}

/** `--name='value'`: in this form a value that begins with a hyphen stays a value. */
type CommandPart = string | readonly [option: string, value: string];

/** A command line of literal words and quoted options; null when one of the values must not stand in it. */
export function shellCommand(...parts: readonly CommandPart[]): string | null {
  const words: string[] = [];
  for (const part of parts) {
    if (typeof part === 'string') {
      words.push(part);
      continue;
    }
    const quoted = shellQuote(part[1]);
    if (quoted === null) {
      return null;
    }
    words.push(`${part[0]}=${quoted}`);
  }
  return words.join(' ');
}
