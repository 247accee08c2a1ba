import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fastCheck from 'fast-check';
import { z } from 'zod';
import type { AuditResult } from '../../../../src/model/audit-result.ts';
import { notSeen } from '../../../../src/report/machine/not-seen.ts';
import { looseGaps, openQuestions } from '../../../../src/report/machine/open-questions.ts';
import { csvCell, csvText } from '../../../../src/report/renderers/csv/csv-cell.ts';
import { csvColumns } from '../../../../src/report/renderers/csv/csv-columns.ts';
import { renderCsv } from '../../../../src/report/renderers/csv/render-csv.ts';
import { visible } from '../../../../src/report/text/visible.ts';
import { hostileResult } from '../../../support/hostile-result.ts';
import { incidentResult } from '../../../support/incident-result.ts';
import { hostileNames, machineResults } from '../../../support/machine-results.ts';
import { buildFinding, buildGap, buildResult, buildRow } from '../../../support/result-builder.ts';

const rowsSchema = z.array(z.array(z.string()));

/** A strict reader: quotes and the number of columns must be right. */
function cellsOf(text: string, delimiter = ','): readonly (readonly string[])[] {
  return rowsSchema.parse(parse(text, { bom: true, record_delimiter: '\r\n', delimiter }));
}

function rowsOf(audit: AuditResult): readonly Readonly<Record<string, string>>[] {
  const [header = [], ...rows] = cellsOf(renderCsv(audit));
  expect(header).toEqual([...csvColumns]);
  return rows.map((cells) => Object.fromEntries(cells.map((cell, index) => [header[index] ?? '', cell])));
}

const startsFormula = /^[\s"'`]*?(?<!')[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u;

/** What a spreadsheet calculates: a formula's sign first, with or without spaces and quotes before it. */
function isFormula(cell: string): boolean {
  return startsFormula.test(cell) && !cell.startsWith("'");
}

describe('CSV', () => {
  test.each(machineResults())(
    '%s: every finding once, and everything that could not be seen first',
    (_name, audit) => {
      const rows = rowsOf(audit);
      const unseen =
        notSeen(audit).length +
        openQuestions(audit).length +
        looseGaps(audit).length +
        (audit.history?.cannotTell.length ?? 0);
      expect(rows).toHaveLength(unseen + audit.findings.length);
      expect(rows.slice(0, unseen).every((row) => row['decision'] === 'not-seen')).toBe(true);
      expect(rows.slice(unseen).map((row) => row['fingerprint'])).toEqual(
        audit.findings.map(({ fingerprint }) => csvText(fingerprint)),
      );
      expect(rows.slice(unseen).map((row) => row['message'])).toEqual(
        audit.findings.map(({ message }) => csvText(message)),
      );
    },
  );

  test('the columns hold what they say', () => {
    const audit = incidentResult();
    const [first] = rowsOf(audit).filter((row) => row['decision'] === 'eradicate');
    expect(first).toEqual({
      decision: 'eradicate',
      severity: 'critical',
      attribution: 'attributed',
      title: 'A user with administrator power that nobody knows',
      message: 'svc-backup-admin has administrator power and was made by a session of the leaked key',
      subject_name: 'svc-backup-admin',
      subject_type: 'iam-user',
      subject_arn: 'arn:aws:iam::111122223333:user/svc-backup-admin',
      account_id: '111122223333',
      account_name: 'org-root',
      region: '',
      check: 'identity/principals/admin-user',
      kind: 'residue',
      first_event_time: '2026-11-03T09:31:07Z',
      first_event_name: 'CreateUser',
      actor: 'arn:aws:iam::111122223333:user/deploy',
      access_key_id: 'AKIAIOSFODNN7EXAMPLE',
      source_ip: '198.51.100.23',
      survives_key_revocation: 'yes',
      survives_until: '',
      plan_steps: '',
      history: 'new',
      exception: '',
      fingerprint: audit.findings[0]?.fingerprint,
    });
    const accepted = rowsOf(audit).filter((row) => (row['exception'] ?? '').startsWith('until'));
    expect(accepted.map((row) => row['exception'])).toEqual([
      'until 2027-01-31T00:00:00Z, approved by security@example.com: Vendor cannot use roles yet',
    ]);
  });

  test('the first event is the earliest', () => {
    const event = {
      eventId: 'e',
      eventName: 'A',
      actorArn: 'arn:a',
      accessKeyId: null,
      sourceIp: null,
    };
    const finding = buildFinding({
      check: 'identity/example',
      provenance: [
        { ...event, eventTime: '2026-11-03T10:00:00Z' },
        { ...event, eventTime: '2026-11-03T09:00:00Z', eventName: 'B' },
      ],
    });
    const [row] = rowsOf(buildResult({ findings: [finding] }));
    expect([row?.['first_event_time'], row?.['first_event_name']]).toEqual(['2026-11-03T09:00:00Z', 'B']);
  });

  test('what could not be seen says where and why', () => {
    const units = [{ accountId: '444455556666', region: 'eu-west-1' }];
    const audit = buildResult({
      results: [buildRow({ check: 'identity/example', outcome: 'unevaluated', units, gaps: [buildGap({})] })],
    });
    expect(rowsOf(audit)).toMatchObject([
      {
        decision: 'not-seen',
        title: 'Not evaluated',
        message:
          '444455556666/eu-west-1: iam:ListUsers in 111122223333: access-denied: not authorized to perform the call',
        account_id: '444455556666',
        region: 'eu-west-1',
        check: 'identity/example',
      },
    ]);
  });

  test('is UTF-8 with a mark, ends lines as RFC 4180 says, quotes every cell', () => {
    const text = renderCsv(incidentResult());
    expect(text.startsWith('\uFEFF"decision","severity"')).toBe(true);
    expect(text.endsWith('"\r\n')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });
});

describe('no cell is a formula', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['  =1', "'  =1"],
    ['"=1', '\'"=1'],
    ["'=1", "''=1"],
    ['\uFF1D1', "'\uFF1D1"],
    ['\t=1', '\u2409=1'],
    ['\r=1', '\u240D=1'],
    ['a;=1', "a;'=1"],
    ['a; "@b', 'a; "\'@b'],
    ['arn:aws:iam::111122223333:user/a', 'arn:aws:iam::111122223333:user/a'],
    ['2026-11-03', '2026-11-03'],
  ])('%j becomes %j', (text, expected) => {
    expect(csvText(text)).toBe(expected);
  });

  test('any text comes back as the visible text, in a reader that takes commas or semicolons', () => {
    const strings = fastCheck.string({ unit: 'binary', maxLength: 60 });
    const mixed = fastCheck.array(
      fastCheck.constantFrom('=', '+', '-', '@', '"', "'", ';', ',', ' ', '\n', '\t', 'a'),
    );
    fastCheck.assert(
      fastCheck.property(strings, mixed, (one, parts) => {
        for (const text of [one, parts.join('')]) {
          const [[cell = ''] = []] = cellsOf(`${csvCell(text)}\r\n`);
          expect(isFormula(cell)).toBe(false);
          expect(cell.replaceAll(/^'|(?<=;[\s"'`]*)'/g, '').replaceAll("'", '')).toBe(
            visible(text).replaceAll("'", ''),
          );
          for (const part of cell.split(';')) {
            expect(isFormula(part)).toBe(false);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  test.each(hostileNames)('hostile %s', (name) => {
    const text = renderCsv(hostileResult(name));
    expect(text.replaceAll('\r\n', '').slice(1)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    for (const cell of cellsOf(text).flat()) {
      expect(isFormula(cell)).toBe(false);
      expect(cell.length).toBeLessThan(32_767);
    }
  });
});
