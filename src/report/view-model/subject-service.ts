/** The service in an ARN, as AWS writes it (`iam`, `lambda`); `other` where a subject has no ARN of AWS. */
export function subjectService(arn: string): string {
  return /^arn:[^:]*:([a-z0-9-]+):/.exec(arn)?.[1] ?? 'other';
}
