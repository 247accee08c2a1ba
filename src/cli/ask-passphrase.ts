import { passphraseVariable } from '../evidence/signing-key.ts';

const enter = /[\r\n]/;
const backspace = /[\b\u007f]/;
const interrupt = '\u0003';
const endOfInput = '\u0004';

/** Reads a line without showing it. */
function readHidden(prompt: string): Promise<string | null> {
  const { stdin, stderr } = process;
  return new Promise((done) => {
    let typed = '';
    const end = (answer: string | null): void => {
      stdin.off('data', take);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write('\n');
      done(answer);
    };
    const take = (chunk: Buffer): void => {
      for (const character of chunk.toString('utf8')) {
        if (character === interrupt || character === endOfInput) {
          end(null);
          return;
        }
        if (enter.test(character)) {
          end(typed);
          return;
        }
        typed = backspace.test(character) ? [...typed].slice(0, -1).join('') : typed + character;
      }
    };
    stderr.write(prompt);
    stdin.setRawMode(true);
    stdin.resume();
    stdin.on('data', take);
  });
}

/** The passphrase of the signing key: from the environment, else from the person at the terminal; null without both. */
export async function askPassphrase(): Promise<string | null> {
  const given = process.env[passphraseVariable];
  if (given !== undefined && given !== '') {
    return given;
  }
  const someoneIsThere = process.stdin.isTTY === true && process.stderr.isTTY === true;
  return someoneIsThere ? await readHidden('Passphrase of the signing key: ') : null;
}
