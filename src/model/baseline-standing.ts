import type { BaselineView } from './check.ts';
import type { ResourceFact } from './evidence/derived.ts';

/** `reviewed`: somebody reviewed the thing and it is still the same. */
export type BaselineStanding = 'no-baseline' | 'not-in-baseline' | 'changed' | 'reviewed';

/**
 * How things stand to the baseline: by content and unique id, as the engine's signals judge it.
 * @throws Error when a reviewed thing has no fact to compare: that must not read as "unchanged".
 */
export function baselineStandings(
  baseline: BaselineView | null,
  facts: readonly ResourceFact[] | null,
): (type: string, arn: string) => BaselineStanding {
  const byArn = new Map((facts ?? []).map((fact) => [fact.arn, fact]));
  return (type, arn) => {
    if (baseline === null) {
      return 'no-baseline';
    }
    const entry = baseline.find(type, arn);
    if (entry === null) {
      return 'not-in-baseline';
    }
    if (entry.contentSha256 === null && entry.uniqueId === null) {
      return 'reviewed';
    }
    const fact = byArn.get(arn);
    if (fact === undefined) {
      throw new Error(`No resource fact of ${arn} to compare with the baseline`);
    }
    const differs = (now: string | null, then: string | null) =>
      now !== null && then !== null && now !== then;
    return differs(fact.uniqueId, entry.uniqueId) || differs(fact.contentSha256, entry.contentSha256)
      ? 'changed'
      : 'reviewed';
  };
}
