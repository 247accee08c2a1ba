/** Takes text on its way to GitHub's log and returns it without anything that the runner would carry out. */
export type LogGuard = (text: string) => string;

type Lead = 'blank' | 'colon' | 'text';

function leadAfter(lead: Lead, character: string): Lead {
  if (lead !== 'blank') {
    return 'text';
  }
  if (/[\s\u0085]/u.test(character)) {
    return 'blank';
  }
  return character === ':' ? 'colon' : 'text';
}

/**
 * The runner carries out a line that begins with `::` (behind any white space) and `##[` anywhere in a line. A space is
 * put inside of both. Remembers the end of what it saw, so that a command split over two writes is no command either.
 */
export function createLogGuard(): LogGuard {
  let lead: Lead = 'blank';
  let hashes = 0;
  const guarded = (character: string): string => {
    if (character === '\n' || character === '\r') {
      lead = 'blank';
      hashes = 0;
      return character;
    }
    const isCommand = (lead === 'colon' && character === ':') || (hashes >= 2 && character === '[');
    lead = leadAfter(lead, character);
    hashes = character === '#' ? hashes + 1 : 0;
    return isCommand ? ` ${character}` : character;
  };
  return (text) => Array.from(text, guarded).join('');
}
