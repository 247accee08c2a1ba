import type { TrailEvent } from '../../../model/trail-event.ts';
import type { Relation } from './lineage-rule.ts';
import { accountOf } from './place.ts';
import type { ActMaker } from './shape.ts';

/** A setting of the account or the organization, of which there is exactly one per account (and region). */
export function setting(
  type: string,
  label: string,
  options: { readonly regional?: boolean; readonly relation?: Relation } = {},
): ActMaker {
  return (event: TrailEvent) => {
    const accountId = accountOf(event);
    const region = options.regional === true ? event.region : null;
    return [
      {
        relation: options.relation ?? 'changed',
        seed: {
          kind: 'resource',
          type,
          key: region === null ? `${type} ${accountId} ${label}` : `${type} ${accountId} ${region} ${label}`,
          label,
          arn: null,
          uniqueId: null,
          accountId: accountId === '' ? null : accountId,
          region,
        },
      },
    ];
  };
}
