import type { AwsSession } from '../aws/clients.ts';
import { homeRegion } from '../aws/partitions.ts';
import regionsCollector from '../collect/collectors/account/regions.ts';
import { readAuthorizationDetails } from '../collect/collectors/support/authorization-details.ts';
import type { CollectContext } from '../collect/define-collector.ts';
import principalsDerivation from '../derive/principals.ts';
import type { Principal } from '../model/evidence/derived.ts';
import type { AuthorizationDetails } from '../model/evidence/iam.ts';
import { gapsOf } from '../model/observation.ts';
import { accountUnit } from '../model/scope.ts';
import { gapAt, type Probe, part, readerFor } from './probe.ts';

export interface AccountPrincipals {
  readonly details: AuthorizationDetails;
  readonly principals: readonly Principal[];
  /** True: who is not in the list is not there. */
  readonly complete: boolean;
}

/** The collectors of a sweep, used for one account without a sweep around them. */
function contextFor(probe: Probe, session: AwsSession, operation: string): CollectContext {
  const unit = accountUnit(probe.partition, session.accountId);
  const region = homeRegion(probe.partition);
  return {
    unit,
    partition: probe.partition,
    accountId: session.accountId,
    region,
    regions: [],
    reader: readerFor(probe, session, unit, region),
    dependency: (key) => ({
      state: 'missing',
      gaps: [gapAt(unit, key, 'not-collected', 'triage does not collect it')],
    }),
    redacted: () => undefined,
    gap: (reason, detail, resource) => ({
      ...gapAt(unit, operation, reason, detail),
      ...(resource === undefined ? {} : { resource }),
    }),
  };
}

/** Every principal of the account and what it may do, without the organization's control policies. */
export async function accountPrincipals(
  probe: Probe,
  session: AwsSession,
): Promise<AccountPrincipals | null> {
  const unit = accountUnit(probe.partition, session.accountId);
  return part<AccountPrincipals | null>(probe, unit, 'iam:GetAccountAuthorizationDetails', null, async () => {
    const observation = await readAuthorizationDetails(
      contextFor(probe, session, 'iam:GetAccountAuthorizationDetails'),
    );
    probe.gaps.push(...gapsOf(observation));
    if (observation.state === 'missing') {
      return null;
    }
    const principals = principalsDerivation.compute(
      {
        'iam.authorization-details': observation.value,
        'organizations.organization': null,
        'organizations.accounts': null,
        'organizations.roots': null,
        'organizations.policies': null,
      },
      {
        unit,
        partition: probe.partition,
        managementAccountId: null,
        organizationAccountIds: null,
        incident: null,
        baseline: null,
      },
    );
    return { details: observation.value, principals, complete: observation.state === 'complete' };
  });
}

/** Enabled regions; with a gap, those in which trouble is likeliest. */
export async function accountRegions(
  probe: Probe,
  session: AwsSession,
  fallback: readonly string[],
): Promise<readonly string[]> {
  const unit = accountUnit(probe.partition, session.accountId);
  return part<readonly string[]>(probe, unit, 'account:ListRegions', fallback, async () => {
    const observation = await regionsCollector.collect(contextFor(probe, session, 'account:ListRegions'));
    probe.gaps.push(...gapsOf(observation));
    if (observation.state === 'missing') {
      const detail = `the enabled regions are not known: only ${fallback.join(', ')} were asked`;
      probe.gaps.push(gapAt(unit, 'account:ListRegions', 'not-collected', detail));
      return fallback;
    }
    return observation.value.filter(({ status }) => status !== 'DISABLED').map(({ name }) => name);
  });
}
