import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { baselineMisfit } from '../../../src/baseline/baseline-fit.ts';
import type { BaselineEntry } from '../../../src/model/baseline.ts';
import { baselineTypeNames } from '../../../src/model/baseline-types.ts';

const world = {
  asOf: '2026-11-04T00:00:00.000Z',
  organizationId: 'o-exampleorgid',
  organizationAccountIds: new Set(['111122223333', '444455556666']),
};

const entry = (type: string, id: string): BaselineEntry => ({
  type,
  id,
  uniqueId: null,
  contentSha256: null,
  owner: null,
  reason: null,
  reviewedBy: null,
  reviewedAt: null,
});

const misfit = (capturedAt: string, ...expected: readonly BaselineEntry[]) =>
  baselineMisfit({ capturedAt, evidence: null, expected }, world);

const foreign = entry('iam-role', 'arn:aws:iam::777788889999:role/x');
const then = '2026-10-01T00:00:00.000Z';

describe('a baseline that belongs to other evidence', () => {
  test('fits its own, from the same moment on', () => {
    expect(misfit(world.asOf, entry('iam-role', 'arn:aws:iam::111122223333:role/x'))).toBeNull();
    expect(misfit(then, entry('trusted-service', 'guardduty.amazonaws.com'))).toBeNull();
  });

  test('captured after the evidence', () => {
    expect(misfit('2026-11-04T00:00:00.001Z')).toMatchObject({ field: 'capturedAt' });
  });

  test('an account that nobody ever called a member', () => {
    expect(misfit(then, foreign)).toMatchObject({
      field: 'expected.0.id',
      message: expect.stringMatching(/account 777788889999 is not in the organization/),
      next: expect.stringMatching(/another organization/),
    });
  });

  test('an account that was a member has left: a finding, not a mistake', () => {
    const member = entry(
      'organization-account',
      'arn:aws:organizations::111122223333:account/o-exampleorgid/777788889999',
    );
    expect(misfit(then, foreign, member)).toBeNull();
  });

  test('another organization', () => {
    const policy = 'arn:aws:organizations::111122223333:policy/o-otherorgxx/service_control_policy/p-1';
    expect(misfit(then, entry('organization-policy', policy))).toMatchObject({
      message: expect.stringMatching(
        /belongs to organization o-otherorgxx, the evidence is of o-exampleorgid/,
      ),
    });
  });

  test('an unknown list of accounts makes nothing foreign; invitations and trails may be of others', () => {
    const unknown = { ...world, organizationId: null, organizationAccountIds: null };
    expect(baselineMisfit({ capturedAt: then, evidence: null, expected: [foreign] }, unknown)).toBeNull();
    const invitation = 'arn:aws:organizations::777788889999:handshake/o-otherorgxx/invite/h-1';
    expect(misfit(then, entry('handshake', invitation))).toBeNull();
    expect(misfit(then, entry('trail', 'arn:aws:cloudtrail:us-east-1:777788889999:trail/x'))).toBeNull();
  });
});

test('every type that a fact can have is known to the baseline', () => {
  const folder = resolve(import.meta.dirname, '../../../src/derive');
  const text = ['resource/', ''].flatMap((part) =>
    readdirSync(join(folder, part), { withFileTypes: true })
      .filter((file) => file.isFile() && (part !== '' || file.name.startsWith('resources-')))
      .map(({ name }) => readFileSync(join(folder, part, name), 'utf8')),
  );
  const types = text.flatMap((source) =>
    [...source.matchAll(/\btype: '([a-z-]+)'/g)].map(([, type = '']) => type),
  );
  expect(types.length).toBeGreaterThan(25);
  expect(types.filter((type) => !baselineTypeNames.includes(type))).toEqual([]);
});
