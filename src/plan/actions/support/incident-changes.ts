import type { LineageNode } from '../../../model/lineage.ts';
import type { PriorState } from '../../../model/trace-result.ts';
import type { PlanWorld } from '../../planner.ts';
import { accountOfArn, nameOfArn } from './arn-parts.ts';
import { nodesOf } from './findings.ts';
import { lineageOf } from './lineage-index.ts';

/** One change that the incident made to a thing that is not its own. */
export interface IncidentChange {
  /** `iam:AttachUserPolicy` */
  readonly action: string;
  readonly eventId: string;
  readonly at: string;
  /** What of the thing the call named: policy ARN, inline policy's name, version id. Null where no event tells. */
  readonly part: string | null;
  /** Other things that the same call touched: the group that a user was put into. */
  readonly others: readonly LineageNode[];
}

/** Everything that proved sessions of the incident changed in it, in the order of time. */
export function incidentChanges(
  world: PlanWorld,
  thing: { readonly arn: string; readonly type: string; readonly uniqueId: string | null },
): readonly IncidentChange[] {
  const { edges, byId, byEvent } = lineageOf(world);
  const own = new Set(nodesOf(world, thing).map(({ id }) => id));
  return edges
    .filter(
      ({ to, from, relation, outcome }) =>
        own.has(to) && relation === 'changed' && outcome === 'done' && byId.get(from)?.standing === 'tainted',
    )
    .flatMap(({ action, eventIds, from, firstAt }) =>
      eventIds.map((eventId) => {
        const event = byEvent.get(eventId);
        return {
          action,
          eventId,
          at: event?.eventTime ?? firstAt,
          part: event?.part ?? null,
          others: (event?.nodes ?? [])
            .filter((id) => id !== from && !own.has(id))
            .flatMap((id) => byId.get(id) ?? []),
        };
      }),
    )
    .toSorted((left, right) =>
      left.at === right.at ? (left.eventId < right.eventId ? -1 : 1) : left.at < right.at ? -1 : 1,
    );
}

/** The value before the incident. Events often tell an IAM principal without its path: then the name must do. */
export function earlierState(
  world: PlanWorld,
  arn: string,
  what: PriorState['what'],
  part = '',
): PriorState | null {
  const exact = world.priorState(arn, what, part);
  if (exact !== null || !arn.includes(':iam:')) {
    return exact;
  }
  const kindOf = (value: string): string => value.split(':')[5]?.split('/')[0] ?? '';
  return (
    (world.input.trace?.priorStates ?? []).find(
      (state) =>
        state.what === what &&
        state.part === part &&
        accountOfArn(state.arn) === accountOfArn(arn) &&
        kindOf(state.arn) === kindOf(arn) &&
        nameOfArn(state.arn) === nameOfArn(arn),
    ) ?? null
  );
}
