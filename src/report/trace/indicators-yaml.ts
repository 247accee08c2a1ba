import type { TraceResult } from '../../model/trace-result.ts';
import { countOf } from '../text/phrases.ts';

type Indicators = TraceResult['indicators'];

/** Longer values are no indicator that a person checks. */
const longest = 300;
const escapeFrom = /[^\x20-\x7e]|["\\]/gu;

/** A double-quoted YAML scalar of ASCII alone: it means the same to every reader, and hides nothing. */
export function yamlText(text: string): string {
  const escaped = text.replace(escapeFrom, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (character === '"' || character === '\\') {
      return `\\${character}`;
    }
    const hex = code.toString(16).toUpperCase();
    return code > 0xff_ff ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}

function list(key: string, values: readonly string[], most: number, file: string): readonly string[] {
  if (values.length === 0) {
    return [`  ${key}: []`];
  }
  const shown = values.slice(0, most);
  const hidden = values.length - shown.length;
  return [
    `  ${key}:`,
    ...shown.map((value) =>
      value.length > longest
        ? `    # left out: a value of ${countOf(value.length, 'character', 'characters')}`
        : `    - ${yamlText(value)}`,
    ),
    ...(hidden > 0 ? [`    # and ${countOf(hidden, 'more', 'more')} in ${file}`] : []),
  ];
}

/** The fields of incident.yaml to merge by hand: nothing is ever added silently. */
export function indicatorsYaml(
  indicators: Indicators,
  most: number,
  file: 'trace.json' | 'result.json' = 'trace.json',
): readonly string[] {
  return [
    '# Found in the events. Check each value before it goes into incident.yaml.',
    'compromised:',
    ...list('accessKeyIds', indicators.accessKeyIds, most, file),
    'indicators:',
    ...list('sourceIps', indicators.sourceIps, most, file),
    ...list('userAgents', indicators.userAgents, most, file),
    ...list('names', indicators.names, most, file),
  ];
}
