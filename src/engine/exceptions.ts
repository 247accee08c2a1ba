import type { ResultFinding, ResultGap } from '../model/audit-result.ts';
import type { Attestation, Exception } from '../model/exception.ts';

/** Applies accepted risks and statements; remembers which of them matched anything. */
export interface Acceptance {
  /** The live exception for this finding, or null. */
  forFinding(check: string, subjectArn: string): ResultFinding['exception'] | null;
  acceptsGap(operation: string, unit: string): boolean;
  attested(checkId: string): boolean;
  /** What became of one of them so far; ask when everything was judged. */
  useOf(item: Exception | Attestation): 'expired' | 'matched' | 'unmatched';
}

export function acceptanceOf(
  exceptions: readonly Exception[],
  attestations: readonly Attestation[],
  asOf: string,
): Acceptance {
  const matched = new Set<Exception | Attestation>();
  const live = (expires: string): boolean => expires > asOf;
  /** All that match are used, not only the first: a second one is no idle one. */
  const use = <Item extends Exception | Attestation>(
    items: readonly Item[],
    matches: (item: Item) => boolean,
  ): Item | undefined => {
    const found = items.filter((one) => live(one.expires) && matches(one));
    for (const one of found) {
      matched.add(one);
    }
    return found[0];
  };
  return {
    forFinding(check, subjectArn) {
      const found = use(
        exceptions,
        (one) => one.kind === 'finding' && one.check === check && one.subject === subjectArn,
      );
      return found === undefined
        ? null
        : { reason: found.reason, approvedBy: found.approvedBy, expires: found.expires };
    },
    acceptsGap(operation, unit) {
      const found = use(
        exceptions,
        (one) => one.kind === 'gap' && one.operation === operation && one.unit === unit,
      );
      return found !== undefined;
    },
    attested: (checkId) => use(attestations, ({ control }) => control === checkId) !== undefined,
    useOf(item) {
      if (!live(item.expires)) {
        return 'expired';
      }
      return matched.has(item) ? 'matched' : 'unmatched';
    },
  };
}

/** Findings with the live exception that accepts them. They stay listed: accepted is not gone. */
export function withExceptions(
  findings: readonly ResultFinding[],
  acceptance: Acceptance,
): readonly ResultFinding[] {
  return findings.map((finding) => {
    const exception = acceptance.forFinding(finding.check, finding.subject.arn);
    return exception == null ? finding : { ...finding, exception };
  });
}

/** A gap as the result shows it. */
export function resultGap(gap: Omit<ResultGap, 'accepted'>, acceptance: Acceptance): ResultGap {
  return { ...gap, accepted: acceptance.acceptsGap(gap.operation, gap.unit) };
}
