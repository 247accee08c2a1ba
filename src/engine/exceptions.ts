import type { AuditResult, ResultFinding, ResultGap } from '../model/audit-result.ts';
import type { Attestation, Exception } from '../model/exception.ts';

/** Applies accepted risks and statements; remembers which of them matched anything. */
export interface Acceptance {
  /** The live exception for this finding, or null. */
  forFinding(check: string, subjectArn: string): ResultFinding['exception'] | null;
  acceptsGap(operation: string, unit: string): boolean;
  attested(checkId: string): boolean;
  exceptions(): AuditResult['exceptions'];
  attestations(): AuditResult['attestations'];
}

export function acceptanceOf(
  exceptions: readonly Exception[],
  attestations: readonly Attestation[],
  asOf: string,
): Acceptance {
  const matched = new Set<Exception | Attestation>();
  const live = (expires: string): boolean => expires > asOf;
  const status = (item: Exception | Attestation, used: 'applied' | 'live') =>
    live(item.expires) ? (matched.has(item) ? used : 'never-matched') : 'expired';
  return {
    forFinding(check, subjectArn) {
      const found = exceptions.find(
        (one) =>
          one.kind === 'finding' && one.check === check && one.subject === subjectArn && live(one.expires),
      );
      if (found === undefined) {
        return null;
      }
      matched.add(found);
      return { reason: found.reason, approvedBy: found.approvedBy, expires: found.expires };
    },
    acceptsGap(operation, unit) {
      const found = exceptions.find(
        (one) => one.kind === 'gap' && one.operation === operation && one.unit === unit && live(one.expires),
      );
      if (found !== undefined) {
        matched.add(found);
      }
      return found !== undefined;
    },
    attested(checkId) {
      const found = attestations.find((one) => one.control === checkId && live(one.expires));
      if (found !== undefined) {
        matched.add(found);
      }
      return found !== undefined;
    },
    exceptions: () =>
      exceptions.map((one) => {
        const used = status(one, 'applied');
        return {
          target: one.kind === 'finding' ? one.check : one.operation,
          subject: one.kind === 'finding' ? one.subject : one.unit,
          reason: one.reason,
          approvedBy: one.approvedBy,
          expires: one.expires,
          status: used === 'live' ? 'applied' : used,
        };
      }),
    attestations: () =>
      attestations.map((one) => {
        const used = status(one, 'live');
        return { ...one, status: used === 'applied' ? 'live' : used };
      }),
  };
}

/** A gap as the result shows it. */
export function resultGap(gap: Omit<ResultGap, 'accepted'>, acceptance: Acceptance): ResultGap {
  return { ...gap, accepted: acceptance.acceptsGap(gap.operation, gap.unit) };
}
