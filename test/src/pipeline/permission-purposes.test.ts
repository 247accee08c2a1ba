import { describe, expect, test } from '@jest/globals';
import { ownOperations } from '../../../src/aws/read-only-guard.ts';
import { loadCollectors } from '../../../src/collect/load-collectors.ts';
import { selectCollectors } from '../../../src/collect/order-collectors.ts';
import { discoveryOperations } from '../../../src/collect/organization-reads.ts';
import { lookupOperations } from '../../../src/events/lookup-source.ts';
import { s3TrailOperations } from '../../../src/events/s3-source.ts';
import { operationsForPurpose } from '../../../src/pipeline/permission-purposes.ts';

const identity = ['sts:GetCallerIdentity'];

function permissions(role: Parameters<typeof operationsForPurpose>[1]): readonly string[] {
  return [...new Set(operationsForPurpose('trace', role).map(({ permission }) => permission))].sort();
}

/** What a trace declares to the read-only guard: nothing else is ever sent. */
async function asked() {
  const collectors = selectCollectors(await loadCollectors(), []);
  const named = (operations: readonly { readonly permission: string }[]) =>
    operations.map(({ permission }) => permission);
  return {
    account: [...collectors.flatMap(({ operations }) => named(operations)), ...named(lookupOperations)],
    caller: [...named(discoveryOperations), ...named(s3TrailOperations)],
  };
}

describe('permissions of a trace', () => {
  test('a member account: exactly what is asked there', async () => {
    const { account } = await asked();
    expect(permissions('member')).toEqual([...new Set([...identity, ...account])].sort());
  });

  test('the caller: exactly what finding the scope and reading a bucket ask, and the key of an encrypted bucket', async () => {
    const { caller } = await asked();
    expect(permissions('caller')).toEqual([...new Set([...identity, ...caller, 'kms:Decrypt'])].sort());
    const everything = [...permissions('caller'), ...permissions('member')];
    expect(permissions('management')).toEqual([...new Set(everything)].sort());
  });

  test('reading objects and keys is narrowed to what log buckets hold', () => {
    const wide = operationsForPurpose('trace', 'caller').filter(
      ({ permission, resources }) =>
        /^(?:s3|kms):/.test(permission) && (resources === undefined || resources.includes('*')),
    );
    expect(wide).toEqual([]);
    expect(ownOperations.map(({ permission }) => permission)).toEqual(expect.arrayContaining(identity));
  });
});
