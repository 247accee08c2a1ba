import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readAttestations, readExceptions } from '../../../src/input/exceptions.ts';
import { readIncident } from '../../../src/input/incident.ts';
import { resolveOptions } from '../../../src/input/resolve-options.ts';

let directory = '';
const write = async (name: string, text: string): Promise<string> => {
  const path = join(directory, name);
  await writeFile(path, text);
  return path;
};

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'afterleak-input-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

const incident = `id: INC-1
title: Leaked key
window: { from: 2026-11-03T10:10:00+01:00, to: 2026-11-03T11:40:00Z }
compromised:
  accessKeyIds: [AKIAIOSFODNN7EXAMPLE]
trusted: { accounts: ['012345678901'] }
`;

describe('incident file', () => {
  test('is read, defaults filled, times in UTC', async () => {
    const read = await readIncident(await write('incident.yaml', incident));
    expect(read.window).toEqual({ from: '2026-11-03T09:10:00.000Z', to: '2026-11-03T11:40:00.000Z' });
    expect(read.trusted.accounts).toEqual(['012345678901']);
    expect(read.indicators.names).toEqual([]);
  });

  const wrong: readonly (readonly [string, string, RegExp])[] = [
    [
      'a time without offset',
      incident.replace('11:40:00Z', '11:40:00'),
      /incident\.yaml:3: window\.to: expected a time/,
    ],
    [
      'an unquoted account id with a leading zero',
      incident.replace("'012345678901'", '012345678901'),
      /line 6: 012345678901 must be quoted/,
    ],
    [
      'a number as account id',
      incident.replace("'012345678901'", '112345678901'),
      /:6: trusted\.accounts\.0: expected an account id/,
    ],
    ['a misspelt field', incident.replace('compromised', 'comprimised'), /Unrecognized key.*comprimised/],
    ['a window that runs backwards', incident.replace('11:40', '08:40'), /before/],
    [
      'something that is no key id',
      incident.replace('AKIAIOSFODNN7EXAMPLE', 'wJalrXUtnFEMI'),
      /access key id/,
    ],
    ['no YAML', '{{{', /incident\.yaml:1:/],
    ['a field twice', `${incident}id: INC-2\n`, /unique/i],
  ];
  test.each(wrong)('%s is an error with file, line and field', async (_name, text, message) => {
    await expect(readIncident(await write('incident.yaml', text))).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(message),
    });
  });

  test('a missing file is named', async () => {
    await expect(readIncident(join(directory, 'nothing.yaml'))).rejects.toThrow(
      /cannot read .*nothing\.yaml/,
    );
  });

  test('bytes that are not UTF-8 are refused', async () => {
    const path = join(directory, 'incident.yaml');
    await writeFile(path, new Uint8Array([0xff, 0xfe, 0x41]));
    await expect(readIncident(path)).rejects.toThrow(/not UTF-8/);
  });
});

describe('exceptions and attestations', () => {
  test('both kinds of exception are read', async () => {
    const tail = 'reason: because, approvedBy: a person, expires: 2027-01-01T00:00:00Z';
    const path = await write(
      'e.yaml',
      `- {check: a/b, subject: "arn:x", ${tail}}\n- {gap: {operation: "iam:ListUsers", unit: "111122223333"}, ${tail}}\n`,
    );
    expect((await readExceptions(path)).map(({ kind }) => kind)).toEqual(['finding', 'gap']);
  });

  test('an exception without expiry is an error', async () => {
    const path = await write('e.yaml', '- {check: a/b, subject: "arn:x", reason: r, approvedBy: p}\n');
    await expect(readExceptions(path)).rejects.toThrow(/expires/);
  });

  test('an attestation needs its control', async () => {
    const path = await write(
      'a.yaml',
      '- {statement: s, by: p, at: 2026-01-01T00:00:00Z, expires: 2027-01-01T00:00:00Z}\n',
    );
    await expect(readAttestations(path)).rejects.toThrow(/a\.yaml:1: 0\.control/);
  });
});

describe('options', () => {
  test('the command line wins over the file', async () => {
    const path = await write('afterleak.yaml', 'fail-on: low\nconcurrency: 5\naccounts: ["111122223333"]\n');
    const options = await resolveOptions({ failOn: 'critical' }, path);
    expect(options).toMatchObject({
      failOn: 'critical',
      concurrency: 5,
      accounts: ['111122223333'],
      rateShare: 0.5,
    });
  });

  test('lists may be separated by commas', async () => {
    const options = await resolveOptions({
      accounts: '111122223333,222233334444',
      regions: 'us-east-1, eu-west-1',
    });
    expect(options.accounts).toEqual(['111122223333', '222233334444']);
    expect(options.regions).toEqual(['us-east-1', 'eu-west-1']);
  });

  const wrong: readonly (readonly [string, Readonly<Record<string, unknown>>, RegExp])[] = [
    ['level', { failOn: 'awful' }, /--fail-on: expected one of critical/],
    ['number', { concurrency: 'many' }, /--concurrency/],
    ['share', { rateShare: '1.5' }, /--rate-share/],
    ['account', { accounts: '123' }, /--accounts: expected an account id/],
    ['URL', { endpointUrl: 'ftp://x' }, /--endpoint-url: expected an http/],
    ['format', { format: 'docx' }, /--format: expected one of html/],
    ['half a window', { since: '2026-11-03T09:10:00Z' }, /--since and --until/],
    ['two incidents', { incident: 'a.yaml', accessKey: 'AKIAIOSFODNN7EXAMPLE' }, /exclude each other/],
  ];
  test.each(wrong)('a wrong %s is named', async (_name, given, message) => {
    await expect(resolveOptions(given)).rejects.toThrow(message);
  });

  test('an unknown option in the file is named', async () => {
    const path = await write('afterleak.yaml', 'fial-on: low\n');
    await expect(resolveOptions({}, path)).rejects.toThrow(/no option fial-on/);
  });
});
