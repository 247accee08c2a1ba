import type { TrailEvent } from '../../../model/trail-event.ts';
import type { Act, LineageRule, Relation } from './lineage-rule.ts';
import { accountOf } from './place.ts';

/** `… is not authorized to perform: iam:DeleteUser on resource: arn:aws:iam::111122223333:user/bob because …` */
const onResource = /\bon resource: (arn:[^\s,]+)/;

/** The thing that a refused call was about, where its parameters are left out; a pattern names no thing. */
function refusedThing(event: TrailEvent): string | null {
  const told = onResource.exec(event.errorMessage ?? '')?.[1] ?? event.resources[0]?.arn ?? null;
  return told === null || /[*?]/.test(told) ? null : told;
}

function wantedRelation(name: string): Relation {
  if (/^Assume/.test(name)) {
    return 'assumed';
  }
  if (/^Get/.test(name)) {
    return 'issued';
  }
  if (/^(?:Create|Run|Import|Upload|Invite|Register)/.test(name)) {
    return 'created';
  }
  return /^(?:Delete|Terminate|Deregister)/.test(name) ? 'deleted' : 'changed';
}

/** What was meant is not told: the attempt stands at the service of the account. */
function unnamedThing(event: TrailEvent): Act {
  const accountId = accountOf(event);
  const service = event.source.replace(/\.amazonaws\.com(?:\.cn)?$/, '');
  return {
    relation: wantedRelation(event.name),
    seed: {
      kind: 'resource',
      type: 'unnamed-resource',
      key: `unnamed-resource ${accountId} ${service}`,
      label: `${service} of ${accountId === '' ? 'an unnamed account' : accountId}`,
      arn: null,
      uniqueId: null,
      accountId: accountId === '' ? null : accountId,
      region: null,
    },
  };
}

/** What a call that failed meant to do: denied calls are recorded without their parameters. */
export function refusedActs(rule: LineageRule, event: TrailEvent): readonly Act[] {
  const acts = rule.acts(event);
  if (acts.length > 0 || Object.keys(event.request).length > 0) {
    return acts;
  }
  const named = refusedThing(event);
  const meant = named === null ? [] : rule.acts(event, named);
  return meant.length > 0 ? meant : [unnamedThing(event)];
}
