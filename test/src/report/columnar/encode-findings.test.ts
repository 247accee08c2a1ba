import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AuditResult, ResultFinding } from '../../../../src/model/audit-result.ts';
import { attributions, decisions } from '../../../../src/model/finding.ts';
import { severities } from '../../../../src/model/severity.ts';
import { embeddedJson } from '../../../../src/report/columnar/embedded-json.ts';
import { encodeFindings } from '../../../../src/report/columnar/encode-findings.ts';
import { typeLabel } from '../../../../src/report/text/phrases.ts';
import { clip, visible } from '../../../../src/report/text/visible.ts';
import { findingsTable } from '../../../support/findings-table.ts';
import { type HostileName, hostileResult, hostileTexts } from '../../../support/hostile-result.ts';
import { incidentResult } from '../../../support/incident-result.ts';
import { manyFindings } from '../../../support/many-findings.ts';
import { buildFinding, buildResult } from '../../../support/result-builder.ts';

const characters = 2048;
const { columns, filter, csv } = findingsTable();

/** Written into a page and read out of it by the page's own script. */
function readBack(result: AuditResult): ReturnType<typeof columns> {
  return columns(JSON.parse(embeddedJson(encodeFindings(result, characters))));
}

function shown(text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : visible(clip(text, characters));
}

function expectSame(result: AuditResult): void {
  const read = readBack(result);
  expect(read.count).toBe(result.findings.length);
  const expected = result.findings.map((finding) => {
    const { subject, provenance, exception, evidence } = finding;
    const first = provenance.toSorted((left, right) => (left.eventTime < right.eventTime ? -1 : 1))[0];
    return [
      shown(finding.fingerprint),
      finding.severity,
      finding.decision,
      finding.attribution,
      shown(finding.check),
      shown(finding.title),
      shown(finding.message),
      shown(subject.arn),
      shown(subject.uniqueId),
      shown(subject.name),
      shown(typeLabel(subject.type)),
      shown(subject.accountId ?? 'organization'),
      shown(subject.region),
      shown(first?.eventTime),
      shown(first?.eventName),
      shown(first?.actorArn),
      shown(first?.accessKeyId),
      shown(first?.sourceIp),
      shown(first?.eventId),
      shown(exception?.reason),
      shown(exception?.approvedBy),
      provenance.length,
      evidence.length,
      shown(evidence[0]?.pointer),
    ];
  });
  const texts = (row: number, names: readonly string[]): readonly (string | null)[] =>
    names.map((name) => read.text(name, row));
  const actual = result.findings.map((_, row) => [
    ...texts(row, ['fingerprint', 'severity', 'decision', 'attribution', 'check', 'title']),
    read.message(row),
    ...texts(row, ['arn', 'uniqueId', 'name', 'type', 'account', 'region']),
    ...texts(row, ['eventTime', 'eventName', 'actor', 'accessKey', 'sourceIp', 'eventId']),
    ...texts(row, ['acceptedWhy', 'acceptedBy']),
    read.number('events', row),
    read.number('evidence', row),
    read.text('evidencePointer', row),
  ]);
  expect(actual).toEqual(expected);
}

const anyText = fc.oneof(
  fc.constantFrom(...Object.values(hostileTexts), '', '\u0001', '\u0004', 'a\u0002b', '7', 'ci-1'),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ maxLength: 30 }),
);

const anyFinding: fc.Arbitrary<ResultFinding> = fc
  .record({
    texts: fc.array(anyText, { minLength: 12, maxLength: 12 }),
    severity: fc.constantFrom(...severities),
    decision: fc.constantFrom(...decisions),
    attribution: fc.constantFrom(...attributions),
    plainIds: fc.boolean(),
    digits: fc.array(fc.constantFrom(...'0123456789abcdef'), { minLength: 32, maxLength: 32 }),
    events: fc.nat({ max: 3 }),
    bare: fc.boolean(),
  })
  .map(({ texts, severity, decision, attribution, plainIds, digits, events, bare }) => {
    const text = (index: number): string => texts[index % texts.length] ?? '';
    const hex = digits.join('');
    const uuid = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    return buildFinding({
      fingerprint: plainIds ? hex.slice(0, 16) : text(0),
      check: text(1),
      title: text(2),
      message: `${text(3)} ${text(4)} of (${text(5)}), ${text(6)} since 2026-11-03T09:00:00Z`,
      severity,
      decision,
      attribution,
      subject: {
        arn: text(4),
        name: text(5),
        type: text(7),
        accountId: bare ? null : text(6),
        region: bare ? null : text(8),
        ...(bare ? {} : { uniqueId: text(9) }),
      },
      provenance: Array.from({ length: events }, (_, index) => ({
        eventId: plainIds ? uuid : text(10),
        eventTime: `${text(11)}${index}`,
        eventName: text(index),
        actorArn: text(index + 1),
        accessKeyId: bare ? null : text(index + 2),
        sourceIp: bare ? null : text(index + 3),
      })),
      ...(bare
        ? {}
        : { exception: { reason: text(2), approvedBy: text(3), expires: '2027-01-31T00:00:00Z' } }),
    });
  });

describe('all findings as columns', () => {
  test('each finding is read back with what is shown of it, exactly once', () => {
    expectSame(incidentResult());
    expectSame(manyFindings(300));
    expectSame(buildResult());
  });

  test('whatever the texts are', () => {
    fc.assert(
      fc.property(fc.array(anyFinding, { maxLength: 12 }), (findings) => {
        expectSame(buildResult({ findings }));
      }),
      { numRuns: 150 },
    );
  });

  const hostileNames = Object.keys(hostileTexts).filter((name): name is HostileName => name in hostileTexts);

  test.each(hostileNames)('%s cannot end the element that it stands in', (name) => {
    const result = hostileResult(name);
    const json = embeddedJson(encodeFindings(result, characters));
    expect(json).not.toMatch(/[<>&\u2028\u2029]/);
    expect(json).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/u);
    expectSame(result);
  });

  test('the same findings give the same bytes', () => {
    const bytes = (): string => embeddedJson(encodeFindings(manyFindings(50), characters));
    expect(bytes()).toBe(bytes());
  });

  test('shared text is written once', () => {
    const json = embeddedJson(encodeFindings(manyFindings(2000), characters));
    expect(json.split('through AdministratorAccess').length - 1).toBeLessThanOrEqual(1);
    expect(json.split('has power that nobody knows').length - 1).toBeLessThanOrEqual(40 * 2);
    expect(json.length / 2000).toBeLessThan(250);
  });

  test('filters and orders keep to the values', () => {
    const result = manyFindings(500);
    const table = filter(readBack(result));
    const order = table.ordered(null, false);
    const kept = (wanted: object): readonly number[] => [...table.select(wanted, order)];
    const rows = (keep: (finding: ResultFinding) => boolean): readonly number[] =>
      result.findings.flatMap((finding, row) => (keep(finding) ? [row] : []));
    expect(kept({})).toHaveLength(500);
    expect(kept({ severity: 'high', decision: 'explain' })).toEqual(
      rows(({ severity, decision }) => severity === 'high' && decision === 'explain'),
    );
    expect(kept({ account: '500000007919' })).toEqual(
      rows(({ subject }) => subject.accountId === '500000007919'),
    );
    expect(kept({ technique: 'T1136.003' })).toEqual(
      rows(({ check }) => Number(check.split('-').at(-1)) % 2 === 1),
    );
    expect(kept({ service: 'iam', attribution: 'unknown' })).toEqual(
      rows(({ attribution }) => attribution === 'unknown'),
    );
    expect(kept({ words: ['SERVICE-A1', 'createuser'] })).toEqual(
      rows(
        ({ message, provenance }) =>
          message.includes('service-a1') && provenance[0]?.eventName === 'CreateUser',
      ),
    );
    expect(kept({ words: ['no-such-thing'] })).toEqual([]);
    const times = [...table.ordered('eventTime', true)].map(
      (row) => result.findings[row]?.provenance[0]?.eventTime,
    );
    expect(times).toEqual(times.toSorted().toReversed());
  });

  test('a spreadsheet is given no formula', () => {
    const result = buildResult({
      findings: [
        buildFinding({ check: 'a/b', message: hostileTexts.formula, title: 'a "quoted", title' }),
        buildFinding({ check: 'a/b', message: '@SUM(1)', title: '-1+1' }),
      ],
    });
    const { text } = csv(readBack(result), [0, 1]);
    expect(text).toContain(`"'=HYPERLINK(""https://evil.example""`);
    expect(text).toContain('"a ""quoted"", title"');
    expect(text).toContain(`"'-1+1","'@SUM(1)"`);
    expect(text.split('\r\n')).toHaveLength(4);
  });
});
