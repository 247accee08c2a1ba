import { describe, expect, test } from '@jest/globals';
import type { TriageResult } from '../../../src/model/triage-result.ts';
import { triageJson, triageText } from '../../../src/report/triage-text.ts';

const hostile = 'evil\u001b[2K\u202e\nname';
const command = `aws iam put-user-policy --policy-document='${'x'.repeat(2000)}'`;

const result: TriageResult = {
  schemaVersion: 1,
  tool: { name: 'afterleak', version: '0.0.0' },
  verdict: {
    line: `AKIAIOSFODNN7EXAMPLE is ACTIVE, belongs to user ${hostile}`,
    actionNeeded: true,
    complete: false,
    reasons: ['the key is active'],
    exitCode: 2,
  },
  key: {
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    type: 'long-term',
    status: 'Active',
    createdAt: '2025-01-01T00:00:00.000Z',
    lastUsed: null,
    accountId: '111122223333',
    accountIdFromKey: null,
    accountIdFromSts: '111122223333',
    accountNotes: [],
  },
  caller: { arn: 'arn:aws:sts::111122223333:assumed-role/IncidentResponder/me', accountId: '111122223333' },
  organization: null,
  owner: {
    type: 'iam-user',
    name: hostile,
    arn: null,
    exists: true,
    createdAt: null,
    groups: null,
    boundaryArn: null,
    quarantinePolicies: ['AWSCompromisedKeyQuarantineV3'],
    consolePassword: null,
    mfaDevices: null,
    otherKeys: null,
  },
  power: null,
  activity: {
    events: 1,
    errors: 0,
    firstAt: '2026-11-03T09:00:00.000Z',
    lastAt: '2026-11-03T09:00:00.000Z',
    writes: 1,
    firstWriteAt: '2026-11-03T09:00:00.000Z',
    writesByService: [
      { service: 'iam', actions: [{ action: hostile, calls: 1, lastAt: '2026-11-03T09:00:00.000Z' }] },
    ],
    errorCodes: [],
    sourceIps: [],
    userAgents: [
      { value: hostile, calls: 1, firstAt: '2026-11-03T09:00:00.000Z', lastAt: '2026-11-03T09:00:00.000Z' },
    ],
    regions: [],
    latest: [],
  },
  lookups: [],
  minted: [],
  created: [],
  reach: { byName: null, seen: [] },
  guardDuty: [],
  contain: [
    {
      title: hostile,
      accountId: '111122223333',
      commands: [command],
      undo: ['undo it'],
      breaks: 'much',
      notes: ['a note'],
    },
  ],
  timing: {
    startedAt: '2026-11-03T12:00:00.000Z',
    elapsedMilliseconds: 4200,
    budgetMilliseconds: 110_000,
    calls: 42,
  },
  gaps: ['us-east-1', 'eu-west-1'].map((region) => ({
    operation: 'cloudtrail:LookupEvents',
    reason: 'access-denied',
    unit: `111122223333/${region}`,
    permission: 'cloudtrail:LookupEvents',
    detail: 'denied',
  })),
};

describe('the terminal text of triage', () => {
  const text = triageText(result);
  const lines = text.split('\n');

  test('begins with the verdict', () => {
    expect(lines[0]).toMatch(/^AKIAIOSFODNN7EXAMPLE is ACTIVE/);
  });

  test('lets nothing out of it that moves, hides or breaks a line', () => {
    expect(text).not.toContain('\u001b');
    expect(text).not.toContain('\u202e');
    expect(lines.filter((line) => line.trim() === 'name')).toEqual([]);
  });

  test('shows a command whole: a cut one would be another command', () => {
    expect(lines.map((line) => line.trim())).toContain(command);
  });

  test('says of what was not seen that it was not seen', () => {
    expect(text).toMatch(/groups {10}not seen/);
    expect(text).toMatch(/MFA devices {5}not seen/);
    expect(text).toContain('other keys      not seen');
  });

  test('folds the same gap of several regions into one line', () => {
    expect(lines.filter((line) => line.includes('denied'))).toHaveLength(1);
    expect(text).toContain('111122223333/us-east-1, 111122223333/eu-west-1');
  });

  test('as JSON everything is there', () => {
    expect(JSON.parse(triageJson(result))).toEqual(result);
  });
});
