/** What a reader of the script would not see, or what would act on a terminal that shows it. */
const unseen = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;
const plainWord = /^[A-Za-z0-9_/:=.,@%+-]+$/;

/** Neither can be an argument of a program: a NUL ends it, half a surrogate pair is no character. */
export function canBeArgument(text: string): boolean {
  return !text.includes('\0') && !/\p{Cs}/u.test(text);
}

/** The one place where a text becomes shell: inside single quotes nothing is evaluated. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** As people write it: quoted only where needed. For showing, not for running. */
export function shownWord(text: string): string {
  return plainWord.test(text) ? text : quoted(text);
}

function octal(character: string): string {
  return [...new TextEncoder().encode(character)]
    .map((byte) => `\\0${byte.toString(8).padStart(3, '0')}`)
    .join('');
}

export interface ShellWords {
  /** Lines that must come before, for what cannot stand in the script as it is. */
  readonly setup: readonly string[];
  readonly words: readonly string[];
}

/**
 * Texts as words of a shell command. What holds an escape code or a hidden character is written byte by byte, so that
 * showing the script is as harmless as running it.
 * @throws Error for a text that cannot be an argument.
 */
export function shellWords(texts: readonly string[]): ShellWords {
  const setup: string[] = [];
  const words = texts.map((text) => {
    if (!canBeArgument(text)) {
      throw new Error('a text with a NUL or half a character cannot be an argument');
    }
    if (!unseen.test(text)) {
      return quoted(text);
    }
    const name = `text_${setup.length / 2 + 1}`;
    const bytes = [...text]
      .map((character) =>
        unseen.test(character) ? octal(character) : character === '\\' ? '\\\\' : character,
      )
      .join('');
    setup.push(`${name}=$(decode ${quoted(bytes)})`, `${name}=\${${name}%.}`);
    return `"$${name}"`;
  });
  return { setup, words };
}

/** One word that is known to be plain: our own texts, and what `visible` has cleaned. */
export function shellText(text: string): string {
  const { setup, words } = shellWords([text]);
  if (setup.length > 0) {
    throw new Error('a text for the screen holds hidden characters');
  }
  return words.join('');
}
