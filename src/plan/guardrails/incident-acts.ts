import type { Guardrail } from '../../model/plan.ts';
import type { PlanInput } from '../planner.ts';

/** Something the incident's own sessions did: an event behind a done edge that leads from a tainted node. */
export interface IncidentAct {
  /** `iam:CreateUser` */
  readonly action: string;
  readonly at: string;
  readonly accountId: string | null;
  readonly region: string;
  readonly eventId: string;
}

function serviceOf(eventSource: string): string {
  return eventSource.replace(/\.amazonaws\.com(?:\.cn)?$/, '');
}

/** In the order of time; empty without a trail. */
export function incidentActs({ trace }: PlanInput): readonly IncidentAct[] {
  if (trace === null) {
    return [];
  }
  const { nodes, edges, events } = trace.lineage;
  const tainted = new Set(nodes.filter(({ standing }) => standing === 'tainted').map(({ id }) => id));
  const done = new Set(
    edges
      .filter(
        ({ from, outcome, relation }) => tainted.has(from) && outcome === 'done' && relation !== 'linked',
      )
      .flatMap(({ eventIds }) => eventIds),
  );
  return events
    .filter(({ eventId, errorCode }) => done.has(eventId) && errorCode === null)
    .map(({ eventId, eventTime, eventName, eventSource, accountId, region }) => ({
      action: `${serviceOf(eventSource)}:${eventName}`,
      at: eventTime,
      accountId,
      region,
      eventId,
    }))
    .sort((left, right) => (`${left.at} ${left.eventId}` < `${right.at} ${right.eventId}` ? -1 : 1));
}

/** Whether a guardrail helps against these acts; without them it is only known not to where all could be told. */
export function helpedAgainst(
  acts: readonly IncidentAct[],
  couldBeTold: boolean,
): NonNullable<Guardrail['helped']> {
  const [first] = acts;
  return first === undefined
    ? { answer: couldBeTold ? 'no' : 'cannot-tell', firstAt: null }
    : { answer: 'yes', firstAt: first.at };
}

/** `3 iam:CreateUser, 1 iam:CreateAccessKey` */
export function countedActs(acts: readonly IncidentAct[]): string {
  const counts = new Map<string, number>();
  for (const { action } of acts) {
    counts.set(action, (counts.get(action) ?? 0) + 1);
  }
  return [...counts]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([action, count]) => `${count} ${action}`)
    .join(', ');
}
