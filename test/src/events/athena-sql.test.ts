import { describe, expect, test } from '@jest/globals';
import { type AthenaQuestion, athenaSql } from '../../../src/events/athena-sql.ts';
import { checkSql, type SqlQuestion } from './sql-grammar.ts';
import { inFolder } from './support.ts';

const question: AthenaQuestion = {
  table: 'security.cloudtrail_logs',
  window: { from: '2026-11-03T09:10:00.000Z', to: '2026-11-03T11:40:00.000Z' },
  accessKeyIds: ['AKIAIOSFODNN7EXAMPLE'],
  accounts: ['111122223333'],
  regions: ['us-east-1', 'eu-west-1'],
  location: 's3://example-trail/AWSLogs/',
  dayColumn: 'day',
};
const bare: AthenaQuestion = { table: 'logs', window: null, accessKeyIds: [], accounts: [], regions: [] };
const injection = "x'; DROP TABLE logs; --";
const hostile: AthenaQuestion = {
  table: `logs"; DROP TABLE logs; --`,
  window: question.window,
  accessKeyIds: [injection],
  accounts: [injection, "\\'; DROP TABLE logs; --"],
  regions: [injection],
  location: "s3://example/'); DROP TABLE logs; --\\",
  dayColumn: `day"; --`,
};

const asked = [question, bare, hostile].flatMap((one) =>
  athenaSql(one).map(
    ({ name, sql }): SqlQuestion => ({ dialect: name === 'create-table' ? 'hive' : 'trino', sql }),
  ),
);

describe('athenaSql', () => {
  test('is one correct statement each, whatever the values are', async () => {
    const broken: SqlQuestion = { dialect: 'trino', sql: 'SELECT FROM WHERE' };
    const two: SqlQuestion = { dialect: 'trino', sql: 'SELECT 1; DROP TABLE logs' };
    const answers = await inFolder((folder) => Promise.resolve(checkSql(folder, [...asked, broken, two])));
    expect(answers).toEqual([
      ...asked.map(() => ({ errors: [], statements: 1 })),
      { errors: [expect.any(String)], statements: expect.any(Number) },
      { errors: [], statements: 2 },
    ]);
  }, 60_000);

  test('asks for place and time in every query', () => {
    for (const { name, sql, purpose } of athenaSql(question).slice(1)) {
      expect({ name, sql }).toMatchObject({
        sql: expect.stringMatching(
          /eventtime >= '2026-11-03T09:10:00Z'\n\s+AND eventtime < '2026-11-03T11:40:00Z'/,
        ),
      });
      expect(sql).toContain(`"day" BETWEEN '2026/11/03' AND '2026/11/03'`);
      expect(sql).toContain(`recipientaccountid IN ('111122223333')`);
      expect(purpose).toMatch(/\.$/);
    }
  });

  test('without keys finds nothing instead of everything', () => {
    expect(athenaSql(bare).find(({ name }) => name === 'events-of-keys')?.sql).toContain(
      "accesskeyid IN ('')",
    );
  });

  test('the table has its partitions', () => {
    expect(athenaSql(question)[0]?.sql).toContain("'projection.region.values' = 'us-east-1,eu-west-1'");
  });
});
