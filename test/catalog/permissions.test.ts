import { describe, expect, test } from '@jest/globals';
import { ownOperations } from '../../src/aws/read-only-guard.ts';
import { loadCollectors } from '../../src/collect/load-collectors.ts';
import { discoveryOperations } from '../../src/collect/organization-reads.ts';
import { eventHistory, type PolicyRole, policiesFor } from '../../src/collect/permissions.ts';
import { accessLevelOf } from '../../src/iam/actions.ts';

/** Not reads by AWS's own classes. (GenerateCredentialReport is one, though it makes IAM prepare something.) */
const exceptions: Readonly<Record<string, string>> = {
  'sts:AssumeRole': 'makes the sessions of the sweep',
};

const roles: readonly PolicyRole[] = ['caller', 'management', 'delegated-administrator', 'member'];
const collectors = await loadCollectors();
const declared = new Set(
  [
    ...ownOperations,
    ...discoveryOperations,
    eventHistory,
    ...collectors.flatMap(({ operations }) => operations),
  ].map(({ permission }) => permission),
);

describe('every permission that a collector declares', () => {
  test('exists, and only lists or reads, but for the exceptions named here', async () => {
    expect(declared.size).toBeGreaterThan(60);
    const wrong: string[] = [];
    for (const permission of [...declared].sort()) {
      const level = await accessLevelOf(permission);
      const isRead = level === 'List' || level === 'Read';
      if (level === null || (!isRead && exceptions[permission] === undefined)) {
        wrong.push(`${permission}: ${level ?? 'no such action'}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('every exception is still needed', async () => {
    for (const permission of Object.keys(exceptions)) {
      expect(declared.has(permission)).toBe(true);
      expect(['List', 'Read']).not.toContain(await accessLevelOf(permission));
    }
  });

  test.each(roles)('the policies of the %s hold nothing else', (role) => {
    const actions = policiesFor(role, collectors, { partition: 'aws', roleNames: ['AuditRole'] }).flatMap(
      ({ document }) => document.Statement.flatMap(({ Action }) => Action),
    );
    expect(actions.length).toBeGreaterThan(2);
    expect(actions.filter((action) => !declared.has(action))).toEqual([]);
    expect(new Set(actions).size).toBe(actions.length);
  });
});
