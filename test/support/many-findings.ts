import type { AuditResult, ResultFinding } from '../../src/model/audit-result.ts';
import { attributions, decisions } from '../../src/model/finding.ts';
import { severities } from '../../src/model/severity.ts';
import { buildCheck, buildFinding, buildResult } from './result-builder.ts';

const checks = Array.from({ length: 40 }, (_, index) =>
  buildCheck({
    id: `identity/family-${index % 8}/check-${index}`,
    failureTitle: `A principal of kind ${index} has power that nobody knows`,
    techniques: index % 2 === 0 ? ['T1098.001'] : ['T1136.003', 'T1078.004'],
    remediation: { actions: ['principal.contain', 'user.delete'], why: 'It ends the access.', cautions: [] },
  }),
);

function one<T>(values: readonly T[], index: number): T {
  const value = values[index % values.length];
  if (value === undefined) {
    throw new RangeError('nothing to choose from');
  }
  return value;
}

/** Looks random, is the same every time. */
function hexadecimal(index: number, digits: number): string {
  let state = (index + 1) * 2_654_435_761;
  let text = '';
  while (text.length < digits) {
    state = (state * 1_103_515_245 + 12_345) % 4_294_967_296;
    text += state.toString(16).padStart(8, '0');
  }
  return text.slice(0, digits);
}

function oneOfMany(index: number): ResultFinding {
  const account = String(500_000_000_000 + (index % 1000) * 7919);
  const name = `team-${index % 37}-service-${index.toString(36)}`;
  const check = one(checks, index);
  const id = hexadecimal(index, 32);
  return buildFinding({
    fingerprint: hexadecimal(index + 7, 16),
    check: check.id,
    severity: one(severities, index >> 2),
    title: check.failureTitle,
    message: `User ${name} may do everything, through AdministratorAccess (managed); its key is ${index % 900} days old.`,
    subject: {
      arn: `arn:aws:iam::${account}:user/${name}`,
      uniqueId: `AIDA${hexadecimal(index + 3, 17).toUpperCase()}`,
      type: 'iam-user',
      accountId: account,
      region: null,
      name,
    },
    attribution: one(attributions, index),
    decision: one(decisions, index >> 1),
    provenance: [
      {
        eventId: `${id.slice(0, 8)}-${id.slice(8, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20)}`,
        eventTime: new Date(Date.UTC(2026, 10, 3, 9, 0, index % 86_400)).toISOString(),
        eventName: one(['CreateUser', 'AttachUserPolicy', 'CreateAccessKey'], index),
        actorArn: `arn:aws:iam::${account}:user/deploy`,
        accessKeyId: `AKIA${hexadecimal(index % 50, 16).toUpperCase()}`,
        sourceIp: `198.51.100.${index % 250}`,
      },
    ],
    evidence: [
      {
        key: 'iam.authorization-details',
        accountId: account,
        region: null,
        pointer: `/users/${index % 300}`,
        asOf: '2026-11-03T13:52:10Z',
      },
    ],
    signals: [{ code: 'in-window', fact: 'created in the window', source: 'resources' }],
    planSteps: [`contain-${hexadecimal(index % 2000, 8)}`],
  });
}

/** A result as large as wanted, in which every finding has a subject, a message and an event of its own. */
export function manyFindings(count: number, fields: Partial<AuditResult> = {}): AuditResult {
  return buildResult({
    checks,
    findings: Array.from({ length: count }, (_, index) => oneOfMany(index)),
    ...fields,
  });
}
