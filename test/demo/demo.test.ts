import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readIncident } from '../../src/input/incident.ts';
import type { AuditResult, ResultFinding } from '../../src/model/audit-result.ts';
import { type DemoOutcome, demo, demoBanner, demoFile } from '../../src/pipeline/demo.ts';
import { impatientHost } from './in-process.ts';

const root = resolve(import.meta.dirname, '..', '..');
const facts = { command: 'demo', arguments: [], node: process.version, platform: process.platform };
const management = '111122223333';
const iam = (kind: string, name: string): string => `arn:aws:iam::${management}:${kind}/${name}`;

let work: string;
let first: DemoOutcome;
let result: AuditResult;

const written = (run: string, name: string): Promise<string> => readFile(join(work, run, name), 'utf8');

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'afterleak-demo-'));
  first = await demo(join(work, 'first'), impatientHost(), facts);
  result = first.result;
}, 300_000);

afterAll(() => rm(work, { recursive: true, force: true }));

function findings(check: string, subject?: string | RegExp): readonly ResultFinding[] {
  return result.findings.filter(
    (finding) =>
      finding.check === check &&
      (subject === undefined ||
        (typeof subject === 'string' ? finding.subject.arn === subject : subject.test(finding.subject.arn))),
  );
}

describe('a run', () => {
  test('asks for exactly what was recorded, and sees everything', () => {
    expect(first.unrecorded).toEqual([]);
    expect(first.unused).toEqual([]);
    expect(first.complete).toBe(true);
    expect(result.scope).toMatchObject({
      accounts: [management, '222233334444', '333344445555', '444455556666'],
      ofAccounts: 4,
      organizationInScope: true,
      managementAccountSwept: true,
    });
  });

  test('says everywhere that it is no AWS', async () => {
    expect(demoBanner).toBe('recorded from an emulator, not AWS');
    expect(result.evidenceBanner).toBe(demoBanner);
    expect(first.collected.manifest.banner).toBe(demoBanner);
    expect(await written('first', 'report.html')).toContain(demoBanner);
    expect(await written('first', 'report.md')).toContain(demoBanner);
  });

  test('gives the same bytes each time, and reports/example holds them (npm run generate)', async () => {
    await demo(join(work, 'second'), impatientHost(), facts);
    for (const name of [
      'report.html',
      'report.md',
      'result.json',
      'evidence/manifest.json',
      'coverage.ndjson',
    ]) {
      expect((await written('first', name)) === (await written('second', name))).toBe(true);
    }
    for (const name of ['report.html', 'report.md', 'result.json']) {
      const committed = await readFile(join(root, 'reports', 'example', name), 'utf8');
      expect([name, committed === (await written('first', name))]).toEqual([name, true]);
    }
  }, 120_000);
});

describe('the story', () => {
  // The last one was made by the function, when somebody called the endpoint.
  const users = ['svc-backup', 'aws-support', 'ops-sync', 'svc-metrics'];
  const made: readonly (readonly [string, string | RegExp])[] = [
    ...users.map((name) => ['leftover-admins/admin-user', iam('user', name)] as const),
    ...users.map((name) => ['leftover-admins/window-principal', iam('user', name)] as const),
    ...users.map(
      (name) =>
        [
          'long-term-keys/window-key',
          new RegExp(`^${iam('user', name)}/access-key/AKIA[A-Z0-9]{16}$`),
        ] as const,
    ),
    ['leftover-admins/admin-group', iam('group', 'operations')],
    ['leftover-admins/console-password', iam('user', 'aws-support/login-profile')],
    [
      'long-term-keys/service-specific-credential',
      new RegExp(`^${iam('user', 'svc-backup')}/service-specific-credential/ACCA`),
    ],
    ['endpoints/disguised-function-role', iam('role', 'lambda-basic-execution-role')],
    ['leftover-admins/escalating-principal', iam('role', 'lambda-basic-execution-role')],
    ['endpoints/credential-minting-function', `arn:aws:lambda:us-east-1:${management}:function:health-check`],
    ['endpoints/function-not-in-baseline', `arn:aws:lambda:us-east-1:${management}:function:health-check`],
    ['endpoints/public-function-url', `arn:aws:lambda:us-east-1:${management}:function:health-check/url`],
    ['endpoints/credential-minting-endpoint', /^arn:aws:apigateway:us-east-1::\/apis\/[a-z0-9]+$/],
    ['endpoints/unauthenticated-route', /^arn:aws:apigateway:us-east-1::\/apis\/[a-z0-9]+$/],
    ['endpoints/api-not-in-baseline', /^arn:aws:apigateway:us-east-1::\/apis\/[a-z0-9]+$/],
    ['identity-center/window-directory-group', /^arn:aws:identitystore:::group\//],
    ['identity-center/window-directory-user', /^arn:aws:identitystore:::user\//],
    ['identity-center/administrator-assignment', new RegExp(`/assignment/${management}/GROUP/`)],
  ];

  test.each(made)('%s on %s: the events prove that the incident made it', (check, subject) => {
    const [found, ...others] = findings(check, subject);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ attribution: 'attributed', decision: 'eradicate' });
    expect(found?.provenance[0]).toMatchObject({
      eventId: expect.stringMatching(/-/),
      eventTime: expect.stringMatching(/^2026-11-03T/),
      accessKeyId: expect.stringMatching(/^A[KS]IA/),
    });
  });

  test('a membership is tied to the event that made it, although the event does not know its id', () => {
    expect(findings('identity-center/window-membership')).toMatchObject([
      { attribution: 'attributed', decision: 'eradicate' },
    ]);
    expect(findings('lineage/unreported-resource')).toEqual([]);
  });

  test('what the owner changed with the leaked key is asked about, never removed', () => {
    const shared = result.findings.filter(({ attribution }) => attribution === 'shared-credential');
    expect(shared.map(({ subject }) => subject.name)).toContain('site-publisher');
    expect(shared.every(({ decision }) => decision === 'explain')).toBe(true);
  });

  test('weakened sign-in, which no API shows, is told from the events', () => {
    expect(
      findings('lineage/changed-setting')
        .map(({ subject }) => subject.arn)
        .sort(),
    ).toEqual(['identity-center.mfa-mode', 'identity-center.portal-session']);
  });

  const altered: readonly (readonly [string, string | RegExp])[] = [
    ['eyes/narrowed-trail', `arn:aws:cloudtrail:us-east-1:${management}:trail/organization-trail`],
    ['identity-center/long-session', /^arn:aws:sso:::instance\/[^/]+\/ps-[a-z0-9]+$/],
    ['identity-center/changed-permission-set', /^arn:aws:sso:::instance\/[^/]+\/ps-[a-z0-9]+$/],
  ];

  test('an analyzer that lost its trusted access is not as it was reviewed', () => {
    const analyzer = 'arn:aws:access-analyzer:us-east-1:222233334444:analyzer/organization-external-access';
    expect(findings('eyes/disabled-analyzer', analyzer)).toMatchObject([
      { attribution: 'unexplained', decision: 'restore' },
    ]);
  });

  test.each(altered)('%s on %s: the events prove that the incident altered it', (check, subject) => {
    const [found, ...others] = findings(check, subject);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ attribution: 'attributed', decision: 'restore' });
  });

  test('six trusted services were switched off', () => {
    expect(
      findings('organization/missing-trusted-service')
        .map(({ subject }) => subject.arn)
        .sort(),
    ).toEqual([
      'access-analyzer.amazonaws.com',
      'config.amazonaws.com',
      'guardduty.amazonaws.com',
      'iam.amazonaws.com',
      'member.org.stacksets.cloudformation.amazonaws.com',
      'securityhub.amazonaws.com',
    ]);
  });

  test('the leaked key and its user are contained and rotated, although the key is switched off', async () => {
    const { compromised } = await readIncident(demoFile('incident'));
    const [leaked = ''] = compromised.accessKeyIds;
    const [key] = findings('long-term-keys/compromised-key');
    expect(key).toMatchObject({
      subject: { arn: `${iam('user', 'deploy')}/access-key/${leaked}` },
      decision: 'contain-and-rotate',
    });
    expect(findings('leftover-admins/admin-user', iam('user', 'deploy'))).toMatchObject([
      { decision: 'contain-and-rotate' },
    ]);
  });

  test('what is innocent and looks like a back door is neither high residue nor high tampering', () => {
    const wrong = result.findings.filter(
      ({ kind, severity, attribution, decision, check }) =>
        kind !== 'hardening' &&
        ['critical', 'high'].includes(severity) &&
        !['in-window', 'unexplained', 'attributed', 'shared-credential'].includes(attribution) &&
        decision !== 'contain-and-rotate' &&
        // Of what is gone nothing is known but that the baseline holds it.
        check !== 'organization/missing-trusted-service',
    );
    expect(wrong.map(({ check, subject }) => `${check} ${subject.arn}`)).toEqual([]);
    // The intruder was in the management account alone; the analyzer lost its trusted access there.
    const elsewhere = result.findings.filter(
      ({ severity, subject, check }) =>
        ['critical', 'high'].includes(severity) &&
        check !== 'eyes/disabled-analyzer' &&
        subject.accountId !== null &&
        subject.accountId !== management,
    );
    expect(elsewhere.map(({ check, subject }) => `${check} ${subject.arn}`)).toEqual([]);
  });
});
