import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { AuditResult } from '../../../../src/model/audit-result.ts';
import { notSeen } from '../../../../src/report/machine/not-seen.ts';
import { looseGaps, openQuestions } from '../../../../src/report/machine/open-questions.ts';
import { renderOcsf } from '../../../../src/report/renderers/ocsf/render-ocsf.ts';
import { hostileResult } from '../../../support/hostile-result.ts';
import { incidentResult } from '../../../support/incident-result.ts';
import { exampleResult, hostileNames, machineResults } from '../../../support/machine-results.ts';
import { randomResult } from '../../../support/random-result.ts';
import {
  buildCheck,
  buildFinding,
  buildGap,
  buildResult,
  buildRow,
} from '../../../support/result-builder.ts';

const event = z.looseObject({
  class_uid: z.number(),
  activity_id: z.number(),
  type_uid: z.number(),
  severity_id: z.number(),
  status_id: z.number(),
  status: z.string(),
  status_detail: z.string().optional(),
  time: z.number(),
  is_alert: z.boolean().optional(),
  metadata: z.looseObject({ uid: z.string(), version: z.string(), profiles: z.array(z.string()) }),
  cloud: z.looseObject({ provider: z.string() }),
  finding_info: z.looseObject({ uid: z.string(), first_seen_time: z.number().optional() }),
  compliance: z.looseObject({ status_id: z.number() }).optional(),
  unmapped: z.looseObject({ decision: z.string() }),
});

function eventsOf(audit: AuditResult) {
  return renderOcsf(audit)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => event.parse(JSON.parse(line)));
}

function findingEvents(audit: AuditResult) {
  return eventsOf(audit).filter(({ unmapped }) => !['not-seen', 'resolved'].includes(unmapped.decision));
}

describe('OCSF events', () => {
  test.each(machineResults())(
    '%s: every finding once, and everything that could not be seen',
    (_name, audit) => {
      const findings = findingEvents(audit);
      expect(findings.map(({ metadata }) => metadata.uid)).toHaveLength(audit.findings.length);
      const unseen = eventsOf(audit).filter(({ unmapped }) => unmapped.decision === 'not-seen');
      expect(unseen).toHaveLength(
        notSeen(audit).length +
          openQuestions(audit).length +
          looseGaps(audit).length +
          (audit.history?.cannotTell.length ?? 0),
      );
      for (const { status_id, status, compliance } of unseen) {
        expect([
          [0, 'Unknown'],
          [3, 'Suppressed'],
        ]).toContainEqual([status_id, status]);
        expect(compliance?.status_id ?? 0).toBe(0);
      }
      const resolved = eventsOf(audit).filter(({ unmapped }) => unmapped.decision === 'resolved');
      expect(resolved).toHaveLength(audit.history?.resolved.length ?? 0);
      for (const { status_id, activity_id } of resolved) {
        expect([status_id, activity_id]).toEqual([4, 3]);
      }
    },
  );

  test('identities are the fingerprints', () => {
    for (const audit of [incidentResult(), exampleResult(), randomResult(5)]) {
      expect(findingEvents(audit).map(({ finding_info }) => finding_info.uid)).toEqual(
        audit.findings.map(({ fingerprint }) => fingerprint),
      );
      const uids = eventsOf(audit).map(({ metadata }) => metadata.uid);
      expect(new Set(uids).size).toBe(uids.length);
    }
  });

  test('the class follows the decision, status and activity the history and the exception', () => {
    const exception = { reason: 'vendor', approvedBy: 'ciso@example.com', expires: '2027-01-01T00:00:00Z' };
    const audit = buildResult({
      findings: [
        buildFinding({
          check: 'identity/example',
          decision: 'eradicate',
          severity: 'critical',
          history: 'new',
        }),
        buildFinding({
          check: 'identity/example',
          decision: 'restore',
          severity: 'high',
          history: 'persisting',
        }),
        buildFinding({
          check: 'identity/example',
          decision: 'harden',
          severity: 'low',
          history: 'reappeared',
        }),
        buildFinding({ check: 'identity/example', decision: 'harden', severity: 'info', exception }),
      ],
    });
    const rows = findingEvents(audit).map((one) => [
      one.class_uid,
      one.activity_id,
      one.severity_id,
      one.status_id,
      one.is_alert,
      one.compliance?.status_id,
    ]);
    expect(rows).toEqual([
      [2004, 1, 5, 1, true, undefined],
      [2004, 2, 4, 99, true, undefined],
      [2003, 1, 2, 99, undefined, 3],
      [2003, 1, 1, 3, undefined, 3],
    ]);
    expect(findingEvents(audit)[3]?.status_detail).toBe(
      'vendor (approved by ciso@example.com, until 2027-01-01T00:00:00Z)',
    );
  });

  test('place, technique, actor, source and times are where OCSF has them', () => {
    const audit = buildResult({
      checks: [
        buildCheck({
          id: 'a/b',
          techniques: ['T1098.001', 'T1133'],
          frameworks: { 'NIST CSF 2.0': ['PR.AA-05'] },
        }),
      ],
      findings: [
        buildFinding({
          check: 'a/b',
          decision: 'eradicate',
          provenance: ['2026-11-03T09:50:00Z', '2026-11-03T09:40:00Z'].map((eventTime, index) => ({
            eventId: `e-${index}`,
            eventTime,
            eventName: 'CreateUser',
            actorArn: 'arn:aws:iam::111122223333:user/deploy',
            accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
            sourceIp: index === 0 ? '198.51.100.7' : 'cloudformation.amazonaws.com',
          })),
        }),
      ],
    });
    const [one] = findingEvents(audit);
    expect(one).toMatchObject({
      time: Date.parse('2026-11-03T14:00:00Z'),
      metadata: { version: '1.8.0', profiles: ['cloud'], correlation_uid: 'INC-2026-014' },
      cloud: {
        provider: 'AWS',
        cloud_partition: 'aws',
        account: { uid: '111122223333', type_id: 10 },
        org: { uid: 'o-exampleorgid' },
      },
      finding_info: {
        analytic: { uid: 'a/b', type_id: 1 },
        attacks: [
          { technique: { uid: 'T1098' }, sub_technique: { uid: 'T1098.001' } },
          { technique: { uid: 'T1133' } },
        ],
        first_seen_time: Date.parse('2026-11-03T09:40:00Z'),
        last_seen_time: Date.parse('2026-11-03T14:00:00Z'),
        related_events_count: 2,
      },
      resources: [{ uid: 'arn:aws:iam::111122223333:user/example', type: 'iam-user' }],
      evidences: [
        {
          uid: 'e-0',
          actor: { session: { credential_uid: 'AKIAIOSFODNN7EXAMPLE' } },
          src_endpoint: { ip: '198.51.100.7' },
        },
        { uid: 'e-1', src_endpoint: { svc_name: 'cloudformation.amazonaws.com' } },
      ],
    });
  });

  test('an unseen question names its place and its reason', () => {
    const audit = buildResult({
      results: [
        buildRow({
          check: 'identity/example',
          outcome: 'unevaluated',
          units: [{ accountId: '444455556666', region: 'eu-west-1' }],
          gaps: [buildGap({ detail: 'no way' })],
        }),
      ],
    });
    expect(eventsOf(audit)).toMatchObject([
      {
        class_uid: 2003,
        status: 'Unknown',
        status_detail: 'iam:ListUsers in 111122223333: access-denied: no way',
        cloud: { account: { uid: '444455556666' }, region: 'eu-west-1' },
        compliance: { status_id: 0 },
      },
    ]);
  });
});

test.each(hostileNames)('hostile %s: one line per event, nothing hidden', (name) => {
  const audit = hostileResult(name);
  const lines = renderOcsf(audit).trimEnd().split('\n');
  expect(lines).toHaveLength(eventsOf(audit).length);
  for (const line of lines) {
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    expect(line).not.toMatch(/\\u00|\\[nrtbf]/);
    expect(line.length).toBeLessThan(40_000);
  }
});
