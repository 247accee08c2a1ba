import type { AuditResult } from '../model/audit-result.ts';
import type { LineageNode } from '../model/lineage.ts';
import type { Verification } from '../model/verification.ts';
import { endOf, instant } from './times.ts';

/** A session or credential of the incident that can live on. */
export interface LivingSession {
  readonly label: string;
  /** The latest end; null = none by itself. */
  readonly until: number | null;
  readonly why: string;
}

const twelveHours = 12 * 3_600_000;

type Lineage = NonNullable<AuditResult['lineage']>;

/** The makers of a session, where all of them are proved gone: then it can live twelve hours from their removal. */
function cutAt(node: LineageNode, lineage: Lineage, findings: Verification['findings']): number | null {
  const makers = lineage.edges
    .filter(({ to, relation, outcome }) => to === node.id && relation === 'assumed' && outcome === 'done')
    .map(({ from }) => from);
  const ends = makers.map((maker) => {
    const about = findings.filter(({ subject }) => subject.arn === maker);
    const times = about.map(({ state, step }) => (state === 'gone' ? endOf(step?.at ?? null) : null));
    return about.length === 0 || times.some((time) => time === null)
      ? null
      : Math.max(...times.map((time) => time ?? 0));
  });
  return ends.length === 0 || ends.some((end) => end === null)
    ? null
    : Math.max(...ends.map((end) => end ?? 0)) + twelveHours;
}

/** Sessions of the incident that may live after `seenAt`, in the order of their ends; those without an end first. */
export function livingSessions(
  lineage: Lineage | null,
  findings: Verification['findings'],
  seenAt: number,
): readonly LivingSession[] {
  return (lineage?.nodes ?? [])
    .filter(({ standing, deleted }) => standing === 'tainted' && !deleted)
    .flatMap((node): readonly LivingSession[] => {
      const survives = node.survivesKeyRevocation;
      const unbounded =
        node.unboundedBecause ?? (survives?.answer === 'unbounded-until-condition' ? survives.why : null);
      if (unbounded !== null) {
        const cut = lineage === null ? null : cutAt(node, lineage, findings);
        const why =
          cut === null ? unbounded : `what renewed it is gone; the last credentials live at most 12 hours`;
        return [{ label: node.label, until: cut, why }];
      }
      const until = instant(node.expiresAt) ?? instant(survives?.until);
      return until === null
        ? []
        : [{ label: node.label, until, why: survives?.why ?? 'a session of the incident' }];
    })
    .filter(({ until }) => until === null || until > seenAt)
    .sort(
      (left, right) =>
        (left.until ?? 0) - (right.until ?? 0) ||
        (left.label < right.label ? -1 : left.label > right.label ? 1 : 0),
    );
}
