import { shown } from '../../machine/shown-text.ts';

/**
 * A SARIF message string: `{` and `}` are doubled because `{0}` is a placeholder, and `](` is broken up because a plain
 * text message may hold links (SARIF 2.1.0 §3.11.5, §3.11.6).
 */
export function messageText(text: string, characters?: number): string {
  return shown(text, characters).replaceAll(/[{}]/g, '$&$&').replaceAll('](', '] (');
}

/** GitHub takes rule ids of 255 characters at most. */
export function ruleId(check: string): string {
  return shown(check, 200).slice(0, 255);
}
