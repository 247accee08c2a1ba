import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { logFilesSource } from '../../src/events/log-files-source.ts';
import { isEvent, normalizeEvent } from '../../src/events/normalize-event.ts';
import type { Incident } from '../../src/model/incident.ts';
import type { LineageNode } from '../../src/model/lineage.ts';
import { emptyReview } from '../../src/model/review.ts';
import type { TraceResult } from '../../src/model/trace-result.ts';
import { traceIncident } from '../../src/pipeline/trace-incident.ts';
import { seedDemoSurroundings } from './seeds/demo-surroundings.js';
import { type SeededIncident, seedIncident } from './seeds/incident.js';
import { deliveredRecords, TRAIL_FROM } from './seeds/incident-trail.js';
import { seedInnocentOrganization } from './seeds/innocent-organization.js';
import {
  DEVELOPMENT_ACCOUNT,
  type Emulator,
  MANAGEMENT_ACCOUNT,
  PRODUCTION_ACCOUNT,
  SECURITY_ACCOUNT,
  startEmulator,
  type TrailRecord,
} from './start.js';
import { trailFiles, writeTrailFiles } from './trail-files.js';

let emulator: Emulator;
let incident: SeededIncident;
let everything: readonly TrailRecord[];
let delivered: readonly TrailRecord[];
let organizationId: string;
let directory: string;
let traced: TraceResult;

const known = (): Incident => ({
  id: 'INC-1',
  title: 'Leaked key',
  window: incident.window,
  compromised: {
    accessKeyIds: [incident.leakedAccessKeyId],
    principals: [incident.leakedPrincipalArn],
  },
  indicators: { sourceIps: ['198.51.100.0/24'], userAgents: [], names: [], codeSha256: [] },
  trusted: { accounts: ['777788889999'], networks: ['203.0.113.0/24'], identityProviders: [], roles: [] },
  milestones: {},
  review: emptyReview,
});

beforeAll(async () => {
  emulator = await startEmulator();
  const innocent = await seedInnocentOrganization(emulator, { leakableUser: true });
  await seedDemoSurroundings(emulator, innocent);
  incident = await seedIncident(emulator, innocent, { story: true });
  organizationId = innocent.organizationId;
  everything = await emulator.trailRecords();
  delivered = deliveredRecords(await emulator.trailRecords({ since: TRAIL_FROM }));
  directory = await mkdtemp(join(tmpdir(), 'afterleak-trail-'));
  await writeTrailFiles(directory, delivered, { organizationId });
  const asOf = '2026-11-03T18:00:00.000Z';
  const source = logFilesSource({
    paths: [directory],
    now: Date.parse(asOf),
    signal: new AbortController().signal,
    cores: 1,
  });
  traced = await traceIncident({
    incident: known(),
    sources: [source],
    accountIds: null,
    organizationAccountIds: [MANAGEMENT_ACCOUNT, SECURITY_ACCOUNT, PRODUCTION_ACCOUNT, DEVELOPMENT_ACCOUNT],
    asOf,
    toolVersion: '0.0.0',
  });
}, 180_000);

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
  await emulator.stop();
  expect(emulator.complaints()).toBe('');
});

function recordOf(name: string, holds: object = {}): TrailRecord | undefined {
  return everything.find(
    (record) =>
      record.eventName === name &&
      Object.entries(holds).every(([key, value]) => record.requestParameters?.[key] === value),
  );
}

const management = `arn:aws:iam::${MANAGEMENT_ACCOUNT}`;

describe('shapes of records', () => {
  test.each<{ readonly name: string; readonly asked: object; readonly holds: () => object }>([
    {
      name: 'CreateUser',
      asked: { userName: 'svc-backup' },
      holds: () => ({
        eventSource: 'iam.amazonaws.com',
        awsRegion: 'us-east-1',
        eventType: 'AwsApiCall',
        readOnly: false,
        sourceIPAddress: '198.51.100.7',
        recipientAccountId: MANAGEMENT_ACCOUNT,
        userIdentity: {
          type: 'IAMUser',
          arn: incident.leakedPrincipalArn,
          accessKeyId: incident.leakedAccessKeyId,
          userName: 'deploy',
        },
        responseElements: {
          user: { arn: `${management}:user/svc-backup`, createDate: 'Nov 3, 2026, 9:22:00 AM' },
        },
      }),
    },
    {
      name: 'CreateAccessKey',
      asked: { userName: 'ops-sync' },
      holds: () => ({
        responseElements: { accessKey: { accessKeyId: incident.keys['ops-sync'], status: 'Active' } },
      }),
    },
    {
      name: 'CreateLoginProfile',
      asked: { userName: 'aws-support' },
      holds: () => ({ requestParameters: { password: 'HIDDEN_DUE_TO_SECURITY_REASONS' } }),
    },
    {
      name: 'AttachUserPolicy',
      asked: { userName: 'svc-backup' },
      holds: () => ({ responseElements: null }),
    },
    {
      name: 'CreateServiceLinkedRole',
      asked: { aWSServiceName: 'sso.amazonaws.com' },
      holds: () => ({ readOnly: false }),
    },
    {
      name: 'CreateRole',
      asked: { roleName: 'lambda-basic-execution-role' },
      holds: () => ({
        requestParameters: { assumeRolePolicyDocument: expect.stringMatching(/^\{"Version"/) },
        responseElements: { role: { assumeRolePolicyDocument: expect.stringMatching(/^%7B/) } },
      }),
    },
    {
      name: 'GetFederationToken',
      asked: { name: 'console' },
      holds: () => ({
        readOnly: false,
        requestParameters: { durationSeconds: 129600, policy: expect.stringContaining('Statement') },
        responseElements: {
          credentials: { accessKeyId: expect.stringMatching(/^ASIA/) },
          federatedUser: { arn: incident.federatedUserArn },
        },
      }),
    },
    {
      name: 'CreateFunction20150331',
      asked: { functionName: 'health-check' },
      holds: () => ({
        eventSource: 'lambda.amazonaws.com',
        requestParameters: { role: incident.endpointRoleArn, code: {} },
        responseElements: { functionArn: incident.endpointFunctionArn },
      }),
    },
    {
      name: 'AddPermission20150331v2',
      asked: { statementId: 'http-api', functionName: 'health-check' },
      holds: () => ({
        requestParameters: { principal: 'apigateway.amazonaws.com' },
        responseElements: { statement: expect.stringContaining('"Sid"') },
      }),
    },
    {
      name: 'UpdateFunctionCode20150331v2',
      asked: { functionName: 'site-publisher' },
      holds: () => ({
        sourceIPAddress: '203.0.113.21',
        requestParameters: { functionName: 'site-publisher' },
      }),
    },
    {
      name: 'CreateFunctionUrlConfig',
      asked: { functionName: 'health-check' },
      holds: () => ({ responseElements: { functionUrl: incident.functionUrl } }),
    },
    {
      name: 'CreateApi',
      asked: { name: 'health' },
      holds: () => ({
        eventSource: 'apigateway.amazonaws.com',
        responseElements: { apiId: incident.endpointApiId },
      }),
    },
    {
      name: 'CreateRoute',
      asked: { routeKey: 'POST /health' },
      holds: () => ({
        requestParameters: {
          authorizationType: 'NONE',
          target: expect.stringMatching(/^integrations\//),
        },
      }),
    },
    {
      name: 'CreateAccountAssignment',
      asked: { principalId: () => incident.intruderGroupId },
      holds: () => ({ eventSource: 'sso.amazonaws.com' }),
    },
    {
      name: 'DisableAWSServiceAccess',
      asked: { servicePrincipal: 'iam.amazonaws.com' },
      holds: () => ({ eventSource: 'organizations.amazonaws.com', responseElements: null }),
    },
    {
      name: 'PutEventSelectors',
      asked: { trailName: 'organization-trail' },
      holds: () => ({
        responseElements: { trailARN: expect.stringContaining(':trail/organization-trail') },
      }),
    },
    {
      name: 'AddMemberToGroup',
      asked: {},
      holds: () => ({
        eventSource: 'sso-directory.amazonaws.com',
        requestParameters: { member: { memberId: incident.intruderDirectoryUserId } },
        userIdentity: { type: 'FederatedUser', accessKeyId: incident.consoleAccessKeyId },
        sessionCredentialFromConsole: 'true',
      }),
    },
    {
      name: 'UpdateAccessKey',
      asked: { userName: 'deploy' },
      holds: () => ({ requestParameters: { status: 'Inactive' }, sourceIPAddress: '203.0.113.50' }),
    },
    {
      name: 'GetSigninToken',
      asked: {},
      holds: () => ({ eventType: 'AwsConsoleSignIn', eventID: expect.any(String) }),
    },
    { name: 'ListRoles', asked: {}, holds: () => ({ readOnly: true, responseElements: null }) },
  ])('$name', ({ name, asked, holds }) => {
    const wanted = Object.fromEntries(
      Object.entries(asked).map(([key, value]) => [key, typeof value === 'function' ? value() : value]),
    );
    expect(recordOf(name, wanted)).toMatchObject(holds());
  });

  test('a federated session names the user that it came from', () => {
    const used = everything.find(({ userIdentity }) => userIdentity['type'] === 'FederatedUser');
    expect(used?.userIdentity).toMatchObject({
      principalId: `${MANAGEMENT_ACCOUNT}:console`,
      sessionContext: { sessionIssuer: { type: 'IAMUser', arn: incident.leakedPrincipalArn } },
    });
  });

  test('a user of the directory has no name in what the console writes', () => {
    const made = everything.find(
      ({ eventName, eventSource }) =>
        eventName === 'CreateUser' && eventSource === 'sso-directory.amazonaws.com',
    );
    expect(made).toMatchObject({
      requestParameters: { userAttributes: { userName: {}, emails: {} } },
      responseElements: { user: { userId: incident.intruderDirectoryUserId } },
    });
    expect(JSON.stringify(made)).not.toContain('aws-operator');
  });

  test('a role assumed across accounts has a copy in each, of one shared id', () => {
    const copies = everything.filter(
      ({ eventName, requestParameters }) =>
        eventName === 'AssumeRole' && requestParameters?.['roleSessionName'] === 'ops',
    );
    expect(copies.map(({ recipientAccountId }) => recipientAccountId)).toEqual([
      MANAGEMENT_ACCOUNT,
      PRODUCTION_ACCOUNT,
    ]);
    expect(new Set(copies.map(({ sharedEventID }) => sharedEventID)).size).toBe(1);
    expect(new Set(copies.map(({ eventID }) => eventID)).size).toBe(2);
    expect(copies[1]?.userIdentity).toMatchObject({ type: 'AWSAccount', accountId: MANAGEMENT_ACCOUNT });
  });

  test('what is refused has an error and no parameters', () => {
    expect(recordOf('StopLogging')).toMatchObject({
      errorCode: 'AccessDeniedException',
      errorMessage: expect.stringContaining('service control policy'),
      requestParameters: null,
      responseElements: null,
      recipientAccountId: PRODUCTION_ACCOUNT,
    });
  });

  test('Identity Center itself makes the role of an assignment', () => {
    const made = everything.filter(
      ({ userIdentity, recipientAccountId, eventTime }) =>
        userIdentity['invokedBy'] === 'sso.amazonaws.com' &&
        recipientAccountId === MANAGEMENT_ACCOUNT &&
        eventTime >= TRAIL_FROM,
    );
    expect(made.map(({ eventName }) => eventName)).toEqual(['CreateRole', 'AttachRolePolicy']);
    expect(made[0]).toMatchObject({
      sourceIPAddress: 'sso.amazonaws.com',
      requestParameters: { path: '/aws-reserved/sso.amazonaws.com/', maxSessionDuration: 43200 },
    });
  });

  test('nothing secret is in a record', () => {
    const text = JSON.stringify(everything);
    expect(text).not.toMatch(/secretAccessKey|sessionToken|emulator-Only|servicePassword|zipFile/i);
    expect(new Set(everything.map(({ eventID }) => eventID)).size).toBe(everything.length);
  });
});

describe('delivery', () => {
  test('files are named by account, region and five minutes, and hold the same bytes each time', () => {
    const files = trailFiles(delivered, { organizationId });
    expect([...trailFiles(delivered, { organizationId })]).toEqual([...files]);
    const name =
      /^AWSLogs\/o-[a-z0-9]+\/(\d{12})\/CloudTrail\/([a-z0-9-]+)\/2026\/11\/0[23]\/\1_CloudTrail_\2_202611\d{2}T\d{3}[05]Z_[A-Za-z0-9]{16}\.json\.gz$/;
    expect([...files.keys()].filter((path) => !name.test(path))).toEqual([]);
    const records = [...files.values()].flatMap(
      (bytes) => JSON.parse(gunzipSync(bytes).toString('utf8')).Records,
    );
    expect(records).toHaveLength(delivered.length);
  });

  test('a narrowed trail holds reads alone', () => {
    const narrowed = delivered.find(({ eventName }) => eventName === 'PutEventSelectors')?.eventTime ?? '';
    const after = delivered.filter(({ eventTime }) => eventTime > narrowed);
    expect(after.length).toBeGreaterThan(5);
    expect(after.filter(({ readOnly }) => !readOnly)).toEqual([]);
  });

  test('every record is an event', () => {
    const read = everything.map((record, index) => normalizeEvent(record, { file: 'trail', index }));
    expect(read.filter((event) => !isEvent(event))).toEqual([]);
  });
});

const nodes = (standing: LineageNode['standing']): readonly LineageNode[] =>
  traced.lineage.nodes.filter((node) => node.standing === standing);
const byArn = (arn: string): LineageNode | undefined => traced.lineage.nodes.find((node) => node.arn === arn);

describe('the lineage that the records tell', () => {
  test('holds what the intruder made', () => {
    const made = [
      ...incident.madeUserArns,
      incident.madeGroupArn,
      incident.endpointFunctionArn,
      incident.endpointRoleArn,
      `arn:aws:apigateway:us-east-1::/apis/${incident.endpointApiId}`,
      incident.federatedUserArn,
      incident.functionMadeUserArn ?? '',
      incident.memberSessionArn ?? '',
      `arn:aws:identitystore:::group/${incident.intruderGroupId}`,
      `arn:aws:identitystore:::user/${incident.intruderDirectoryUserId}`,
    ];
    const missing = made.filter((arn) => {
      const node = byArn(arn);
      return node?.standing !== 'tainted' || !node.intruderMade;
    });
    expect(missing).toEqual([]);
    const types = new Set(nodes('tainted').map(({ type }) => type));
    expect(types).toContain('directory-membership');
    expect(types).toContain('assignment');
  });

  test('holds the keys that were minted, used or not', () => {
    const used = (name: keyof SeededIncident['keys']) =>
      byArn(`${management}:user/${name}/access-key/${incident.keys[name]}`)?.used;
    expect(used('svc-backup')).toBe(true);
    expect(used('aws-support')).toBe(true);
    // The trail was narrowed after it was made: nobody can say that it was never used.
    expect(used('ops-sync')).not.toBe(true);
    expect(used('ops-sync')).toBeDefined();
  });

  test('holds what was switched off, and what is gone again', () => {
    const services = nodes('tainted').filter(({ type }) => type === 'trusted-service');
    expect(services.map(({ label }) => label).sort()).toEqual([...incident.disabledServices].sort());
    expect(byArn(incident.deletedRoleArn ?? '')).toMatchObject({ intruderMade: true, deleted: true });
  });

  test('tells the attempt to stop the trail from what was done', () => {
    const tampering = traced.impact.filter(({ kind }) => kind === 'detection');
    expect(tampering).toMatchObject([
      { calls: 7, succeeded: 7 },
      { calls: 1, succeeded: 0 },
    ]);
    expect(tampering[1]?.actions).toEqual(['cloudtrail:StopLogging']);
  });

  test('leaves the pipeline its own use of the key, and blames nobody else', () => {
    const shared = nodes('shared-credential');
    expect(shared.map(({ type }) => type).sort()).toEqual(['access-key', 'lambda-function']);
    expect(shared.find(({ type }) => type === 'lambda-function')?.label).toBe('site-publisher');
    const innocents = /sandbox-experiment|alice|bob|carol|posture-scanner|vendor|orders|site-publisher/;
    expect(nodes('tainted').filter(({ id, label }) => innocents.test(`${id} ${label}`))).toEqual([]);
    expect(nodes('service').map(({ type }) => type)).toEqual(['iam-role']);
  });

  test('knows the settings that no API shows', () => {
    expect(traced.settings.map(({ setting, byIncident }) => [setting, byIncident])).toEqual([
      ['identity-center.mfa-mode', true],
      ['identity-center.portal-session', true],
    ]);
  });
});
