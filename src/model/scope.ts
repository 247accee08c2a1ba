/** How wide a fact or a judgement reaches. */
export type ScopeKind = 'organization' | 'account' | 'region';

/** One place that is looked at. Ids are written as AWS writes them. */
export type ScopeUnit =
  | {
      readonly kind: 'organization';
      readonly partition: string;
      readonly accountId: null;
      readonly region: null;
    }
  | {
      readonly kind: 'account';
      readonly partition: string;
      readonly accountId: string;
      readonly region: null;
    }
  | {
      readonly kind: 'region';
      readonly partition: string;
      readonly accountId: string;
      readonly region: string;
    };

export function organizationUnit(partition: string): ScopeUnit {
  return { kind: 'organization', partition, accountId: null, region: null };
}

export function accountUnit(partition: string, accountId: string): ScopeUnit {
  return { kind: 'account', partition, accountId, region: null };
}

export function regionUnit(partition: string, accountId: string, region: string): ScopeUnit {
  return { kind: 'region', partition, accountId, region };
}

/** A stable name: `organization`, `111122223333` or `111122223333/us-east-1`. */
export function unitName(unit: ScopeUnit): string {
  switch (unit.kind) {
    case 'organization':
      return 'organization';
    case 'account':
      return unit.accountId;
    case 'region':
      return `${unit.accountId}/${unit.region}`;
    default:
      return unit satisfies never;
  }
}
