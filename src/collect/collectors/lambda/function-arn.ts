/** `arn:{partition}:lambda:{region}:{account}:function:{name}` without a qualifier. */
const unqualifiedParts = 7;

/** A function's ARN without version or alias. */
export function unqualifiedArn(arn: string): string {
  return arn.split(':').slice(0, unqualifiedParts).join(':');
}

/** Version or alias at the end of a function's ARN; null where there is none. */
export function arnQualifier(arn: string): string | null {
  return arn.split(':')[unqualifiedParts] ?? null;
}
