/**
 * A policy document as AWS stores it: JSON text, percent-decoding already undone, otherwise verbatim (a content
 * hash must not change because we re-serialised it). Read it with `parsePolicyDocument` of `src/iam`.
 */
export type PolicyText = string;
