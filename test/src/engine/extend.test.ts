import { describe, expect, test } from '@jest/globals';
import { auditEvidence } from '../../../src/engine/audit-evidence.ts';
import type { AuditInput } from '../../../src/engine/audit-input.ts';
import type { AuditResult } from '../../../src/model/audit-result.ts';
import type { Dependents } from '../../../src/model/dependents.ts';
import type { StoredObservation } from '../../../src/model/evidence-manifest.ts';
import { buildAuthorizationDetails, buildIamUser } from '../../../src/testing/builders/iam.ts';
import {
  buildDirectoryUser,
  buildIdentityCenterInstance,
} from '../../../src/testing/builders/identity-center.ts';
import { buildFunction } from '../../../src/testing/builders/lambda.ts';
import {
  at,
  complete,
  everywhere,
  first,
  inputOf,
  inRegion,
  listingCheck,
  missingAt,
  second,
} from './small-audit.ts';

const details = 'iam.authorization-details';
const contacts = 'account.alternate-contacts';
const loud = listingCheck('test/loud', contacts, { severity: 'critical' });
const quiet = listingCheck('test/quiet', contacts);

function userOf(accountId: string) {
  return buildAuthorizationDetails({
    users: [buildIamUser({ name: 'deploy', arn: `arn:aws:iam::${accountId}:user/deploy` })],
  });
}

const world: readonly StoredObservation[] = [
  complete('identity-center.organization-instances', everywhere, [buildIdentityCenterInstance()]),
  complete('identity-store.users', everywhere, [buildDirectoryUser()]),
  complete(details, at(first), userOf(first)),
  complete(details, at(second), userOf(second)),
  missingAt('iam.access-keys', at(second), 'iam:ListAccessKeys'),
  complete('lambda.functions', inRegion(second), [buildFunction()]),
];

interface Extended {
  readonly result: AuditResult;
  readonly dependents: readonly Dependents[];
  readonly notSeen: readonly string[];
  readonly reads: readonly string[];
}

async function extended(
  subjects: readonly string[],
  check = loud,
  sweep: { readonly organizationInScope?: boolean } = {},
): Promise<Extended> {
  const reads: string[] = [];
  const given: { dependents: readonly Dependents[]; notSeen: readonly string[] }[] = [];
  const stored = [...world, complete(contacts, at(first), subjects), complete(contacts, at(second), [])];
  const input: AuditInput = inputOf(
    [check],
    { stored, ...sweep, onRead: (accountId) => reads.push(accountId) },
    {
      extend: (result, dependents, notSeen) => {
        given.push({ dependents, notSeen });
        return { ...result, evidenceBanner: 'extended' };
      },
    },
  );
  const result = await auditEvidence(input);
  const [only] = given;
  if (only === undefined || given.length > 1) {
    throw new Error('the extension is called once');
  }
  return { result, ...only, reads };
}

const arnOf = (accountId: string) => `arn:aws:iam::${accountId}:user/deploy`;

describe('what extends a result', () => {
  test('gets the dependents of every unit of the accounts that findings name, and of the organization', async () => {
    const { result, dependents } = await extended([arnOf(second)]);
    expect(result.evidenceBanner).toBe('extended');
    expect(dependents.map(({ type, accountId }) => `${type} ${accountId}`)).toEqual([
      `directory-user ${first}`,
      `iam-user ${first}`,
      `iam-user ${second}`,
      `lambda-function ${second}`,
    ]);
  });

  test('is told what was not seen, one sentence each', async () => {
    const { notSeen } = await extended([arnOf(second)]);
    expect(notSeen).toContain(`iam.access-keys of ${second} was not seen: iam:ListAccessKeys: refused`);
    expect(notSeen.filter((text) => text.startsWith(`iam.access-keys of ${second}`))).toHaveLength(1);
    expect(notSeen).toContain(
      `lambda.functions of ${first}/us-east-1 was not seen: lambda.functions was not collected for ${first}/us-east-1`,
    );
  });

  test('reads nothing again of accounts that are clean, and keeps nothing where only tickets were found', async () => {
    const clean = await extended([]);
    expect([clean.dependents, clean.notSeen]).toEqual([[], []]);
    expect(clean.reads).toEqual([first, second]);
    const tickets = await extended([arnOf(first)], quiet);
    expect(tickets.result.findings.map(({ decision }) => decision)).toEqual(['harden']);
    expect(tickets.dependents).toEqual([]);
    const one = await extended([arnOf(first)]);
    expect(one.reads).toEqual([first, second, first]);
  });

  test('is told of accounts and of an organization that were not part of the run', async () => {
    const { notSeen } = await extended(['arn:aws:iam::777788889999:user/x'], loud, {
      organizationInScope: false,
    });
    expect(notSeen).toEqual(
      expect.arrayContaining([
        'account 777788889999 is not among the accounts of this run',
        expect.stringContaining('the organization was not in scope'),
      ]),
    );
  });

  test('must keep to the schema', async () => {
    const stored = [complete(contacts, at(first), []), complete(contacts, at(second), [])];
    const input = inputOf([loud], { stored }, { extend: (result) => ({ ...result, asOf: Object(1) }) });
    await expect(auditEvidence(input)).rejects.toThrow(/asOf/);
  });

  test('without one the plan is null', async () => {
    const stored = [complete(contacts, at(first), []), complete(contacts, at(second), [])];
    const result = await auditEvidence(inputOf([loud], { stored }));
    expect([result.plan, result.history, result.verification]).toEqual([null, null, null]);
  });
});
