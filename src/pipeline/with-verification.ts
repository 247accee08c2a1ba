import { type AuditResult, auditResultSchema } from '../model/audit-result.ts';
import type { Verification } from '../model/verification.ts';
import { verifyAgainst } from '../verify/compare.ts';
import type { VerificationInputs } from './saved-inputs.ts';

/** A judged result, held against an earlier one. */
export function withVerification(
  judged: AuditResult,
  { against, actions, quick }: VerificationInputs,
): AuditResult & { readonly verification: Verification } {
  const verification = verifyAgainst(against, judged, actions, { quick });
  return { ...auditResultSchema.parse({ ...judged, verification }), verification };
}
