import { clip, visible } from '../text/visible.ts';

const mostCharacters = 1_024;

/** A text as every format for machines carries it: one line, nothing hidden in it, and never endless. */
export function shown(text: string, characters: number = mostCharacters): string {
  return visible(clip(text, characters));
}
