import { hostileTexts } from './hostile-result.ts';
import type { Spoil } from './spoiled-document.ts';

const texts = Object.entries(hostileTexts);
const short = texts.filter(([name]) => name !== 'endless').map(([, text]) => text);

/** Each round gives every string another of the hostile texts. */
export const rounds: readonly number[] = [0, 1, 2];

/** One string in two hundred is 64 KB long: more would be a test of memory. */
export function hostile(round: number): Spoil {
  return (_text, number) => {
    const text = short[(number + round * 7) % short.length] ?? '';
    return `${number % 200 === 17 ? hostileTexts.endless : text}${number}`;
  };
}

/** Harmless strings in the same places: the page's shape without an attack. */
export const benign: Spoil = (_text, number) => `harmless text ${number}`;

export function isTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text);
}
