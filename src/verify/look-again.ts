import type { AuditResult } from '../model/audit-result.ts';
import type { Verification } from '../model/verification.ts';
import type { LivingSession } from './sessions.ts';
import { instant, textOf } from './times.ts';

const hour = 3_600_000;
const mostReasons = 3;

interface Appointment {
  readonly at: number;
  readonly why: string;
}

/** Waiting times that hold whatever was found; the long ones only where the sessions' ends are not known. */
function waits(base: number, sessionsKnown: boolean): readonly Appointment[] {
  return [
    {
      at: base + hour,
      why: 'an hour without a new principal, key, policy or trust shows that nothing re-creates them',
    },
    ...(sessionsKnown
      ? []
      : [
          {
            at: base + 12 * hour,
            why: 'role sessions live for up to 12 hours; which there are is not known',
          },
          {
            at: base + 36 * hour,
            why: 'sessions of users and federation tokens live for up to 36 hours; which there are is not known',
          },
        ]),
  ];
}

/** AWS makes a new credential report at most every four hours. */
function reportAgain(now: AuditResult): readonly Appointment[] {
  const times = now.results
    .filter(({ check }) =>
      now.checks.some(({ id, requires }) => id === check && requires.includes('iam.credential-report')),
    )
    .flatMap(({ evidenceAsOf }) => instant(evidenceAsOf) ?? []);
  return times.length === 0
    ? []
    : [
        {
          at: times.reduce((left, right) => Math.max(left, right)) + 4 * hour,
          why: 'a new credential report can be made: the last one is up to four hours old',
        },
      ];
}

/** When to look again, soonest first; one line per time. */
export function lookAgain(
  now: AuditResult,
  sessions: readonly LivingSession[],
  base: number,
  seenAt: number,
  unsettled: boolean,
): Verification['lookAgain'] {
  const sessionsKnown = now.lineage !== null && (now.coverage.trail?.holes.length ?? 0) === 0;
  const ends = sessions.flatMap(({ label, until, why }) =>
    until === null ? [] : [{ at: until, why: `${label} can live until then: ${why}` }],
  );
  const byTime = new Map<number, string[]>();
  for (const { at, why } of [
    ...ends,
    ...waits(base, sessionsKnown),
    ...(unsettled ? reportAgain(now) : []),
  ]) {
    const reasons = byTime.get(at) ?? [];
    byTime.set(at, reasons.includes(why) ? reasons : [...reasons, why]);
  }
  return [...byTime]
    .filter(([at]) => at > seenAt)
    .sort(([left], [right]) => left - right)
    .map(([at, reasons]) => {
      const more = reasons.length - mostReasons;
      const shown = reasons.slice(0, mostReasons).join('; ');
      return { at: textOf(at), why: more > 0 ? `${shown}; and ${more} more` : shown };
    });
}
