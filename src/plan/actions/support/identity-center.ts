import type { PlanWorld } from '../../planner.ts';

/** Where the instance of the organization lives; region and store are null where the evidence does not tell. */
export interface Center {
  readonly instanceArn: string | null;
  readonly region: string | null;
  readonly identityStoreId: string | null;
  /** Account whose credentials may change it: the management account, or the delegated administrator in its stead. */
  readonly accountId: string | null;
}

export const centerCaution =
  'Run it with the management account, or the delegated administrator of Identity Center; the latter may not touch permission sets that are used in the management account.';

/** The instance that an ARN below it names, else the only one that the evidence shows. */
export function centerOf(world: PlanWorld, arn = ''): Center {
  const own = /ssoins-[^/]+/.exec(arn)?.[0];
  const directory = [...world.ofType('directory-user'), ...world.ofType('directory-group')];
  const all = [...directory, ...world.ofType('permission-set')];
  const found = all.find(({ instanceArn }) => own !== undefined && instanceArn.endsWith(`/${own}`)) ?? all[0];
  const instanceArn =
    own === undefined ? (found?.instanceArn ?? null) : `arn:${world.partition}:sso:::instance/${own}`;
  return {
    instanceArn,
    region: found?.region ?? null,
    identityStoreId: directory.find((one) => one.instanceArn === instanceArn)?.identityStoreId ?? null,
    accountId: world.managementAccountId,
  };
}
