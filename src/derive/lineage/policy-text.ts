/** Null where the text is no JSON, plain or URL-encoded: policies in answers are encoded, in requests they are plain. */
export function policyText(document: string): { readonly text: string; readonly value: unknown } | null {
  for (const candidate of [document, decoded(document)]) {
    try {
      return { text: candidate, value: JSON.parse(candidate) };
    } catch (cause) {
      if (!(cause instanceof SyntaxError)) {
        throw cause;
      }
    }
  }
  return null;
}

function decoded(document: string): string {
  try {
    return decodeURIComponent(document);
  } catch (cause) {
    if (cause instanceof URIError) {
      return document;
    }
    throw cause;
  }
}
