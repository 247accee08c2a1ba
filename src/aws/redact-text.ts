const maximumLength = 400;

/** Order matters: the named parameters first, then what only looks like a secret. */
const secrets: readonly (readonly [RegExp, string])[] = [
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, '[token]'],
  [
    /((?:security[-_ ]?token|session[-_ ]?token|secret(?:[-_ ]?access)?(?:[-_ ]?key)?|signature|password|authorization)["']?\s*[:=]\s*["']?)(?!\[)[^\s"'&,;<>]{6,}/gi,
    '$1[redacted]',
  ],
  [/\b((?:AKIA|ASIA)[A-Z0-9]{4,12})([A-Z0-9]{4})\b/g, 'AWS key …$2'],
  // Session tokens, encoded authorization messages and pre-signed queries: far longer than any name or ARN part.
  [/[\w+/=%-]{100,}/g, '[long text]'],
  // A secret access key has exactly 40 characters of base64 with all kinds of characters in it.
  [
    /(?<![\w+/=-])(?=[A-Za-z0-9+/]*[A-Z])(?=[A-Za-z0-9+/]*[a-z])(?=[A-Za-z0-9+/]*\d)[A-Za-z0-9+/]{40}(?![\w+/=-])/g,
    '[secret]',
  ],
];

/**
 * Makes a service's message fit for logs and reports: one line without control characters, bounded, and without
 * what looks like a key, a token or a signature.
 */
export function redactText(text: string): string {
  let result = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  for (const [pattern, replacement] of secrets) {
    result = result.replace(pattern, replacement);
  }
  return result.length > maximumLength ? `${result.slice(0, maximumLength)}…` : result;
}
