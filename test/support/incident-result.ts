import type { AuditResult, ResultFinding } from '../../src/model/audit-result.ts';
import {
  buildCheck,
  buildFinding,
  buildGap,
  buildInventoryRow,
  buildResult,
  buildRow,
} from './result-builder.ts';

const management = '111122223333';
const members = ['222233334444', '444455556666', '777788889999'] as const;

const checks = [
  buildCheck({
    id: 'identity/principals/admin-user',
    title: 'Only known principals are administrators',
    failureTitle: 'A user with administrator power that nobody knows',
    description:
      'An intruder with iam:CreateUser keeps access by making users of their own.\nSuch a user outlives every rotation of the leaked key.',
    severity: 'critical',
    remediation: {
      actions: ['principal.contain', 'user.delete', 'session.revoke'],
      why: 'A user made by the intruder has no legitimate use; deleting it ends its keys and its password.',
      cautions: ['Save the user’s access keys’ last use and its policies before deleting it.'],
    },
    techniques: ['T1136.003', 'T1098.001'],
    frameworks: {
      'CIS AWS 7.0': ['2.14'],
      'NIST 800-53 r5': ['AC-2(3)', 'IR-4'],
      'NIST CSF 2.0': ['RS.MI-02'],
    },
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users_remove.html',
      'javascript:alert(1)',
    ],
  }),
  buildCheck({
    id: 'identity/keys/dormant-key',
    title: 'No active key was never used',
    failureTitle: 'An active access key that was never used',
    severity: 'high',
    remediation: {
      actions: ['access-key.deactivate'],
      why: 'A key that was never used is a key in waiting.',
      cautions: [],
    },
    techniques: ['T1098.001'],
  }),
  buildCheck({
    id: 'workloads/endpoints/public-route-to-minting-function',
    title: 'No public route reaches a function that can make credentials',
    failureTitle: 'A public route reaches a function that can make credentials',
    severity: 'critical',
    scope: 'region',
    population: 'routes',
    remediation: {
      actions: ['function.freeze', 'api.delete', 'function.delete', 'role.delete'],
      why: 'Anyone who knows the address gets new administrator users on request.',
      cautions: ['Keep the function’s code and its log group first: they are evidence.'],
    },
    techniques: ['T1648'],
  }),
  buildCheck({
    id: 'organization/trusted-access/disabled-service',
    title: 'Trusted service access is as expected',
    failureTitle: 'Trusted service access is switched off',
    kind: 'tampering',
    scope: 'organization',
    population: 'trusted services',
    remediation: {
      actions: ['trusted-service.enable', 'analyzer.recreate'],
      why: 'The service works for the organization again.',
      cautions: ['Enabling it again does not bring back what it did not record meanwhile.'],
    },
    techniques: ['T1685.002'],
  }),
  buildCheck({
    id: 'identity/keys/leaked-user',
    title: 'The leaked credential’s user is contained',
    failureTitle: 'The leaked credential’s user can still act',
    remediation: {
      actions: ['principal.contain', 'access-key.rotate', 'session.revoke'],
      why: 'Sessions made with the key outlive the key.',
      cautions: ['The deploy pipeline uses this user: tell its owner first.'],
    },
  }),
  buildCheck({
    id: 'identity-center/members/admin-assignment',
    title: 'Administrator assignments are known',
    failureTitle: 'An administrator assignment nobody has explained',
    scope: 'organization',
    population: 'assignments',
    remediation: {
      actions: ['identity-center.assignment-delete', 'identity-center.membership-delete'],
      why: 'The portal session survives the key.',
      cautions: ['Portal sessions live on until they expire.'],
    },
  }),
  buildCheck({
    id: 'identity/keys/active-key',
    title: 'No long-term keys',
    failureTitle: 'Users with long-term access keys',
    kind: 'hardening',
    severity: 'medium',
    population: 'access keys',
    remediation: {
      actions: ['access-key.rotate', 'principal.reduce'],
      why: 'A key that does not exist cannot leak.',
      cautions: [],
    },
    frameworks: { 'CIS AWS 7.0': ['2.12'] },
  }),
  buildCheck({
    id: 'identity-center/settings/mfa-mode',
    title: 'Identity Center asks for MFA at every sign-in',
    failureTitle: 'Identity Center does not ask for MFA',
    kind: 'tampering',
    scope: 'organization',
  }),
  buildCheck({
    id: 'eyes/trail-stopped',
    title: 'Every trail is logging',
    scope: 'region',
    population: 'trails',
  }),
  buildCheck({
    id: 'workloads/functions/foreign-layer',
    title: 'No function has a foreign layer',
    scope: 'region',
    population: 'functions',
  }),
];

function userFinding(name: string, fields: Partial<ResultFinding>): ResultFinding {
  return buildFinding({
    check: 'identity/principals/admin-user',
    severity: 'critical',
    title: 'A user with administrator power that nobody knows',
    message: `${name} has administrator power and was made by a session of the leaked key`,
    subject: {
      arn: `arn:aws:iam::${management}:user/${name}`,
      uniqueId: `AIDAEXAMPLE${name.length}${name
        .slice(0, 6)
        .toUpperCase()
        .replaceAll(/[^A-Z]/g, 'X')}`,
      type: 'iam-user',
      accountId: management,
      region: null,
      name,
    },
    attribution: 'attributed',
    decision: 'eradicate',
    survivesKeyRevocation: {
      answer: 'yes',
      why: 'The user has its own access key and its own password.',
    },
    signals: [
      {
        code: 'created-by-incident',
        fact: 'CreateUser by a session of AKIAIOSFODNN7EXAMPLE',
        source: 'lineage',
      },
      { code: 'in-window', fact: 'created 2026-11-03 09:31 UTC', source: 'iam.authorization-details' },
    ],
    provenance: [
      {
        eventId: `0a1b2c3d-0000-4000-8000-${name.length.toString().padStart(12, '0')}`,
        eventTime: '2026-11-03T09:31:07Z',
        eventName: 'CreateUser',
        actorArn: `arn:aws:iam::${management}:user/deploy`,
        accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        sourceIp: '198.51.100.23',
      },
    ],
    evidence: [
      {
        key: 'iam.authorization-details',
        accountId: management,
        region: null,
        pointer: '/users/17',
        asOf: '2026-11-03T13:52:10Z',
      },
    ],
    history: 'new',
    ...fields,
  });
}

const trustedServices = [
  'cloudtrail.amazonaws.com',
  'config.amazonaws.com',
  'guardduty.amazonaws.com',
  'securityhub.amazonaws.com',
  'access-analyzer.amazonaws.com',
  'sso.amazonaws.com',
];

const findings: readonly ResultFinding[] = [
  userFinding('svc-backup-admin', {}),
  userFinding('svc-backup-admin', {
    check: 'identity/keys/dormant-key',
    severity: 'high',
    title: 'An active access key that was never used',
    message: 'AKIAI44QH8DHBEXAMPLE is active and was never used',
  }),
  userFinding('aws-support-reader', {}),
  buildFinding({
    check: 'workloads/endpoints/public-route-to-minting-function',
    severity: 'critical',
    title: 'A public route reaches a function that can make credentials',
    message:
      'POST /health of API status-page needs no authentication and reaches health-probe, whose role can call iam:CreateUser and iam:AttachUserPolicy',
    subject: {
      arn: `arn:aws:apigateway:eu-west-1::/apis/a1b2c3d4e5/routes/r7x`,
      type: 'api-route',
      accountId: management,
      region: 'eu-west-1',
      name: 'POST /health (status-page)',
    },
    attribution: 'attributed',
    decision: 'eradicate',
    survivesKeyRevocation: { answer: 'yes', why: 'The function acts with its own role.' },
    signals: [{ code: 'public', fact: 'authorization type NONE', source: 'api-gateway.apis' }],
  }),
  ...trustedServices.map((service) =>
    buildFinding({
      check: 'organization/trusted-access/disabled-service',
      kind: 'tampering',
      severity: service.startsWith('config') ? 'medium' : 'high',
      title: 'Trusted service access is switched off',
      message: `${service} had trusted access in the baseline and has none now`,
      subject: {
        arn: `arn:aws:organizations::${management}:organization/o-exampleorgid`,
        type: 'organization',
        accountId: null,
        region: null,
        name: 'o-exampleorgid',
      },
      attribution: 'in-window',
      decision: 'restore',
    }),
  ),
  buildFinding({
    check: 'identity/keys/leaked-user',
    severity: 'high',
    title: 'The leaked credential’s user can still act',
    message: 'deploy holds a federation session that lives until 2026-11-04 09:58 UTC',
    subject: {
      arn: `arn:aws:iam::${management}:user/deploy`,
      type: 'iam-user',
      accountId: management,
      region: null,
      name: 'deploy',
    },
    attribution: 'shared-credential',
    decision: 'contain-and-rotate',
    survivesKeyRevocation: {
      answer: 'until',
      why: 'GetFederationToken sessions live on after the key is gone.',
      until: '2026-11-04T09:58:00Z',
    },
  }),
  buildFinding({
    check: 'identity-center/members/admin-assignment',
    severity: 'high',
    title: 'An administrator assignment nobody has explained',
    message: 'Group platform-oncall-2 holds AdministratorAccess in 4 accounts since 2026-11-03 10:12 UTC',
    subject: {
      arn: 'arn:aws:identitystore:::group/9067-platform-oncall-2',
      type: 'identity-center-group',
      accountId: null,
      region: 'eu-west-1',
      name: 'platform-oncall-2',
    },
    attribution: 'in-window',
    decision: 'explain',
    survivesKeyRevocation: {
      answer: 'unbounded-until-condition',
      why: 'Until the portal sessions of its members are ended.',
    },
  }),
  ...Array.from({ length: 14 }, (_, index) => {
    const account = members[index % members.length] ?? management;
    return buildFinding({
      check: 'identity/keys/active-key',
      kind: 'hardening',
      severity: index < 3 ? 'medium' : 'low',
      title: 'Users with long-term access keys',
      message: `ci-${index + 1} has an access key that is ${200 + index * 31} days old`,
      subject: {
        arn: `arn:aws:iam::${account}:user/ci-${index + 1}`,
        type: 'iam-user',
        accountId: account,
        region: null,
        name: `ci-${index + 1}`,
      },
      attribution: 'predates-window',
      decision: 'harden',
      ...(index === 4
        ? {
            exception: {
              reason: 'Vendor cannot use roles yet',
              approvedBy: 'security@example.com',
              expires: '2027-01-31T00:00:00Z',
            },
          }
        : {}),
    });
  }),
];

const layerGap = buildGap({
  operation: 'lambda:GetLayerVersionPolicy',
  permission: 'lambda:GetLayerVersionPolicy',
  deniedBy: 'service-control-policy',
  unit: '444455556666/eu-west-1',
  detail: 'explicit deny in a service control policy',
});
const regionGap = buildGap({
  reason: 'unreachable',
  operation: 'cloudtrail:DescribeTrails',
  unit: '444455556666/me-south-1',
  detail: 'no answer within 20 seconds, 4 attempts',
  retryable: true,
});
const rateGap = buildGap({
  reason: 'throttled',
  operation: 'identitystore:ListGroupMemberships',
  unit: 'organization',
  detail: 'rate exceeded after 8 attempts',
  retryable: true,
});

/** The incident that the product is named for, with everything that a report has to show. */
export function incidentResult(fields: Partial<AuditResult> = {}): AuditResult {
  const failed = (check: string): ReturnType<typeof buildRow> =>
    buildRow({
      check,
      outcome: 'fail',
      findings: findings.filter((finding) => finding.check === check).map((finding) => finding.fingerprint),
    });
  const state = (iam: 'complete' | 'partial', lambda: 'complete' | 'partial' | 'missing') => ({
    iam,
    lambda,
    apigateway: 'complete' as const,
    cloudtrail: lambda,
  });
  return buildResult({
    evidenceBanner: 'Recorded from an emulator, not AWS',
    scope: {
      accounts: [management, ...members],
      regions: ['eu-central-1', 'eu-west-1', 'me-south-1', 'us-east-1'],
      ofAccounts: 5,
      organizationInScope: true,
      managementAccountSwept: true,
    },
    checks,
    findings: [...findings],
    results: [
      ...checks.slice(0, 7).map((check) => failed(check.id)),
      buildRow({
        check: 'identity-center/settings/mfa-mode',
        outcome: 'manual',
        units: [{}],
        instructions:
          'Open IAM Identity Center → Settings → Authentication.\nWrite down when users are prompted for MFA and what happens to users without a device.',
      }),
      buildRow({
        check: 'eyes/trail-stopped',
        outcome: 'pass',
        examined: 4,
        units: [management, members[0], members[2]].map((accountId) => ({ accountId, region: 'us-east-1' })),
      }),
      buildRow({
        check: 'eyes/trail-stopped',
        outcome: 'unevaluated',
        units: [{ accountId: '444455556666', region: 'me-south-1' }],
        gaps: [regionGap],
      }),
      buildRow({
        check: 'workloads/functions/foreign-layer',
        outcome: 'unevaluated',
        units: [{ accountId: '444455556666', region: 'eu-west-1' }],
        gaps: [layerGap],
      }),
      buildRow({
        check: 'identity-center/members/admin-assignment',
        outcome: 'unevaluated',
        units: [{}],
        gaps: [rateGap],
      }),
    ],
    inventory: [
      buildInventoryRow({}),
      buildInventoryRow({
        name: 'health-probe',
        arn: `arn:aws:lambda:eu-west-1:${management}:function:health-probe`,
        region: 'eu-west-1',
        inBaseline: false,
        modifiedAt: '2026-11-03T09:44:00Z',
      }),
    ],
    coverage: {
      byService: {
        iam: { calls: 412, observations: 96, gaps: 0, accounts: 4 },
        lambda: { calls: 230, observations: 88, gaps: 1, accounts: 4 },
      },
      byAccount: [
        { accountId: management, name: 'org-root', swept: true, keys: state('complete', 'complete') },
        { accountId: members[0], name: 'shared-services', swept: true, keys: state('complete', 'complete') },
        { accountId: members[1], name: 'payments-prod', swept: true, keys: state('partial', 'missing') },
        { accountId: members[2], name: null, swept: false, keys: { iam: 'missing' } },
      ],
      scopeGaps: [],
      gaps: [
        layerGap,
        regionGap,
        rateGap,
        buildGap({ operation: 'lambda:ListLayers', accepted: true, unit: members[0] }),
      ],
      notSwept: [
        { accountId: members[2], reason: 'the role afterleak-audit could not be assumed: access denied' },
      ],
      trail: null,
      ownTraces: {
        callerArn: `arn:aws:sts::${management}:assumed-role/afterleak/sweep`,
        sessions: [`arn:aws:sts::${members[0]}:assumed-role/afterleak-audit/afterleak-sweep`],
        userAgent: 'afterleak/0.1.0',
        calls: 1284,
        excludedFindings: [
          {
            check: 'leftover-admins/outside-trust',
            arn: `arn:aws:iam::${management}:role/afterleak`,
            message: 'afterleak is trusted by the audit account',
          },
        ],
      },
    },
    exceptions: [
      {
        target: 'identity/keys/active-key',
        subject: `arn:aws:iam::${members[1]}:user/ci-5`,
        reason: 'Vendor cannot use roles yet',
        approvedBy: 'security@example.com',
        expires: '2027-01-31T00:00:00Z',
        status: 'applied',
      },
    ],
    attestations: [
      {
        control: 'identity-center/settings/session-length',
        statement: 'Portal sessions last 8 hours',
        by: 'idp-team@example.com',
        at: '2026-05-01T10:00:00Z',
        expires: '2026-08-01T00:00:00Z',
        status: 'expired',
      },
    ],
    ...fields,
  });
}
