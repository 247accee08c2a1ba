import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { alarmTemplates } from '../../../../src/plan/guardrails/alarms.ts';
import { policyTemplates } from '../../../../src/plan/guardrails/choose-guardrails.ts';
import {
  rootCauseOf,
  rootCauseOfGuardrail,
  rootCauses,
} from '../../../../src/report/view-model/root-causes.ts';
import { guardrailHelped } from '../../../../src/report/view-model/root-causes-view.ts';
import { buildSamplePlan } from '../../../support/plan-builder.ts';
import { buildCheck, buildFinding, buildResult } from '../../../support/result-builder.ts';
import { buildGuardrail, reviewOf } from '../../../support/review-fixture.ts';

const folder = fileURLToPath(new URL('../../../../checks', import.meta.url));
const checkIds = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replaceAll(path.sep, '/').replace(/\.ts$/, ''));

describe('table of root causes', () => {
  test('places every check of the catalogue, and names none that is not there', () => {
    expect(checkIds.length).toBeGreaterThan(90);
    expect(checkIds.filter((id) => rootCauseOf(id).id === 'other')).toEqual([]);
    const named = rootCauses.flatMap(({ checks }) => checks).filter((check) => !check.endsWith('/*'));
    expect(named.filter((check) => !checkIds.includes(check))).toEqual([]);
    expect(named.filter((check, index) => named.indexOf(check) !== index)).toEqual([]);
  });

  test('places every guardrail of the plan, and names none that is not there', () => {
    const ids = [...policyTemplates, ...alarmTemplates].map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(10);
    expect(ids.filter((id) => rootCauseOfGuardrail(id).id === 'other')).toEqual([]);
    const named: readonly string[] = rootCauses.flatMap(({ guardrails }) => guardrails);
    expect([...named].sort()).toEqual([...ids].sort());
  });

  test('a check that is not of ours has no cause', () => {
    expect(rootCauseOf('house/own-check').id).toBe('other');
  });
});

const weak = (check: string, number: number, fields: Parameters<typeof buildFinding>[0] = { check }) =>
  buildFinding({
    kind: 'hardening',
    decision: 'harden',
    severity: 'medium',
    subject: {
      arn: `arn:aws:iam::111122223333:user/user-${number}`,
      type: 'iam-user',
      accountId: '111122223333',
      region: null,
      name: `user-${number}`,
    },
    ...fields,
    check,
  });

const told = buildGuardrail({
  id: 'alarm-eyes',
  kind: 'alarm',
  title: 'A trail was stopped',
  wouldHaveHelped:
    'It would have told at 2026-11-03T10:48:00.000Z, 94 minutes after the first act that is proved (1 cloudtrail:StopLogging).',
  helped: { answer: 'yes', firstAt: '2026-11-03T10:48:00.000Z' },
});

const result = buildResult({
  checks: [
    buildCheck({ id: 'long-term-keys/active-key', failureTitle: 'IAM user has an active access key' }),
    buildCheck({ id: 'eyes/missing-alarm', failureTitle: 'Nobody is told' }),
  ],
  findings: [
    weak('long-term-keys/active-key', 1),
    weak('long-term-keys/active-key', 2, {
      check: 'long-term-keys/active-key',
      decision: 'contain-and-rotate',
      severity: 'critical',
    }),
    weak('long-term-keys/old-key', 3),
    buildFinding({ check: 'leftover-admins/window-principal', decision: 'eradicate' }),
  ],
  plan: buildSamplePlan([], { guardrails: [told, buildGuardrail({ id: 'scp-leaving' })] }),
});

describe('root causes of a result', () => {
  const { rootCauses: view } = reviewOf(result);

  test('count weaknesses by cause, also those that became part of the incident', () => {
    expect(view.causes.map(({ id, count, severity }) => [id, count, severity])).toEqual([
      ['cause-long-term-credentials', '3 weaknesses, 1 of them part of the incident', 'critical'],
      ['cause-detection', '0 weaknesses', null],
    ]);
    expect(view.headline).toBe('2 root causes · 1 guardrail would have refused or told of it');
  });

  test('link a kind of weakness to the card that holds it', () => {
    const [first] = view.causes;
    expect(first?.weaknesses.shown.map(({ title, count }) => [title, count])).toEqual([
      ['IAM user has an active access key', 2],
      ['long-term-keys/old-key', 1],
    ]);
    expect(
      first?.weaknesses.shown.every(({ href }) => /^#(harden|contain-and-rotate)-/.test(href ?? '')),
    ).toBe(true);
    const unwritten = reviewOf(result, { cardsPerChapter: 0 }).rootCauses;
    expect(unwritten.causes.flatMap(({ weaknesses }) => weaknesses.shown.map(({ href }) => href))).toEqual([
      null,
      null,
    ]);
  });

  test('say of each guardrail whether it would have helped, in readable times', () => {
    const guardrail = view.causes.flatMap(({ guardrails }) => guardrails.shown)[0];
    expect(guardrail?.helped).toBe(true);
    expect(guardrail?.wouldHaveHelped).toContain('told at 2026-11-03 10:48 UTC, 94 minutes');
    for (const answer of ['no', 'cannot-tell'] as const) {
      const { wouldHaveHelped } = told;
      const other = buildGuardrail({ id: 'scp', wouldHaveHelped, helped: { answer, firstAt: null } });
      expect(guardrailHelped(other)).toBe(false);
    }
    expect(guardrailHelped(buildGuardrail({ id: 'of an older plan' }))).toBe(false);
  });

  test('a quiet result has none', () => {
    expect(reviewOf(buildResult()).rootCauses).toEqual({ headline: '0 root causes', causes: [] });
  });
});
