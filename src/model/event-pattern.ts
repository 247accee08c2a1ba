/** An event as far as it is known beforehand; what it does not say is not there. */
export type SampleEvent = { readonly [name: string]: SampleValue };
export type SampleValue = string | boolean | SampleEvent;

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSample(value: SampleValue | undefined): value is SampleEvent {
  return typeof value === 'object';
}

/** `*` stands for any text, in EventBridge's wildcard and in metric filters. */
export function wildcardMatches(pattern: string, text: string): boolean {
  const parts = pattern.split('*');
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (parts.length === 1) {
    return pattern === text;
  }
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) {
    return false;
  }
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) {
      return false;
    }
    at = found + part.length;
  }
  return at <= text.length - last.length;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** `{"prefix": "a"}` or `{"prefix": {"equals-ignore-case": "A"}}`. */
function affix(operand: unknown, text: string, holds: (text: string, part: string) => boolean): boolean {
  const exact = textOf(operand);
  if (exact !== null) {
    return holds(text, exact);
  }
  const folded = isObject(operand) ? textOf(operand['equals-ignore-case']) : null;
  return folded !== null && holds(text.toLowerCase(), folded.toLowerCase());
}

function anythingBut(operand: unknown, value: string | boolean): boolean {
  if (isObject(operand)) {
    return !matcherHolds(operand, value);
  }
  const list: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  return !list.includes(value);
}

/** One `{"operator": operand}`. Numbers and networks are not among what a sample holds: they do not match. */
function matcherHolds(matcher: Readonly<Record<string, unknown>>, value: string | boolean): boolean {
  const [[operator, operand] = ['', null], ...more] = Object.entries(matcher);
  const text = typeof value === 'string' ? value : null;
  if (more.length > 0) {
    return false;
  }
  switch (operator) {
    case 'exists':
      return operand === true;
    case 'anything-but':
      return anythingBut(operand, value);
    case 'prefix':
      return text !== null && affix(operand, text, (whole, part) => whole.startsWith(part));
    case 'suffix':
      return text !== null && affix(operand, text, (whole, part) => whole.endsWith(part));
    case 'equals-ignore-case':
      return text !== null && textOf(operand)?.toLowerCase() === text.toLowerCase();
    case 'wildcard':
      return text !== null && wildcardMatches(textOf(operand) ?? '', text);
    default:
      return false;
  }
}

function fieldHolds(alternatives: readonly unknown[], value: SampleValue | undefined): boolean {
  return alternatives.some((one) => {
    if (value === undefined || isSample(value)) {
      return isObject(one) && one['exists'] === false && value === undefined;
    }
    return isObject(one) ? matcherHolds(one, value) : one === value;
  });
}

function patternHolds(pattern: Readonly<Record<string, unknown>>, event: SampleEvent): boolean {
  return Object.entries(pattern).every(([name, wanted]) => {
    if (name === '$or') {
      return Array.isArray(wanted) && wanted.some((one) => isObject(one) && patternHolds(one, event));
    }
    const value = event[name];
    if (Array.isArray(wanted)) {
      return fieldHolds(wanted, value);
    }
    return isObject(wanted) && patternHolds(wanted, isSample(value) ? value : {});
  });
}

/**
 * True when an EventBridge pattern takes every event like the sample. A pattern that asks for more than the sample says
 * takes only some of them, and one that cannot be read none.
 */
export function eventPatternTakes(pattern: string, event: SampleEvent): boolean {
  try {
    const parsed: unknown = JSON.parse(pattern);
    return isObject(parsed) && patternHolds(parsed, event);
  } catch {
    return false;
  }
}
