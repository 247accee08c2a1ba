import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createEventScanner, eventMembers } from '../../../src/events/event-scanner.ts';
import { loadRecordScanner, RecordRunner } from '../../../src/events/record-runner.ts';
import {
  BatchScanner,
  type LoadedFile,
  type ScanFilter,
  type ScannedBatch,
} from '../../../src/events/scan-batch.ts';
import { randomFilter, randomLog } from './random-log.ts';

const module = loadRecordScanner();
/** Text that the scanner holds at once. */
const windowSize = 1 << 20;

const allWhole: ScanFilter = { from: null, to: null, accountIds: null, wholeEvents: null };
const usersWhole: ScanFilter = { ...allWhole, wholeEvents: ['iam.amazonaws.com:CreateUser'] };

const usual = {
  eventVersion: '1.08',
  userIdentity: { type: 'IAMUser', principalId: 'AIDAEXAMPLE', accessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
  eventTime: '2023-07-10T11:54:39Z',
  eventSource: 'iam.amazonaws.com',
  eventName: 'CreateUser',
  userAgent: 'aws-cli',
  requestParameters: null,
  eventID: 'one',
};

function recordText(members: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ ...usual, ...members });
}

function logOf(records: readonly string[]): Buffer {
  return Buffer.from(`{"Records":[${records.join(',')}]}`);
}

function alone(...texts: readonly Uint8Array[]): readonly LoadedFile[] {
  return texts.map((bytes, index) => ({ name: `file ${index}`, bytes }));
}

/** As files lie that were unpacked in one go. */
function together(...texts: readonly Uint8Array[]): readonly LoadedFile[] {
  const among = Buffer.concat(texts);
  let end = 0;
  return alone(...texts).map((file) => {
    const start = end;
    end += file.bytes.length;
    return start === end ? file : { ...file, plain: { bytes: among.subarray(start, end), among } };
  });
}

/** Long columns as digests: comparing them number by number takes seconds. */
function comparable(batch: ScannedBatch): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(batch).map(([name, column]) => [
      name,
      ArrayBuffer.isView(column) && column.byteLength > 10_000
        ? createHash('sha256')
            .update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength))
            .digest('hex')
        : column,
    ]),
  );
}

/** A scanner with WebAssembly that is compared with one without it, file for file. */
class Compared {
  private readonly fast: BatchScanner;
  private readonly reference: BatchScanner;

  constructor(filter: ScanFilter) {
    this.fast = new BatchScanner(filter, module);
    this.reference = new BatchScanner(filter, null);
  }

  scan(files: readonly LoadedFile[], hashes = false): ScannedBatch {
    const batch = this.fast.scan(files, hashes);
    expect(comparable(batch)).toEqual(comparable(this.reference.scan(files, hashes)));
    return batch;
  }
}

/** How far the scanner in WebAssembly comes in a list by itself. */
function taken(list: string): { readonly index: number; readonly outcome: string } {
  const scanner = createEventScanner();
  const runner = new RecordRunner(module, scanner, eventMembers, allWhole, {
    bucket: () => ({ bucket: 1, verdict: 2 }),
    identity: () => 1,
    add: () => undefined,
    size: () => ({ rows: 0, bytes: 0 }),
  });
  const bytes = Buffer.from(list);
  scanner.load(bytes, 0);
  runner.open(bytes);
  scanner.firstElement();
  return runner.take(0);
}

describe('the scanner in WebAssembly', () => {
  test('tells of any log what the JavaScript scanner tells', () => {
    const scan = fc
      .tuple(fc.array(randomLog, { minLength: 1, maxLength: 3 }), fc.boolean())
      .map(([texts, isGroup]) => (isGroup ? together(...texts) : alone(...texts)));
    fc.assert(
      fc.property(
        randomFilter,
        fc.array(scan, { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        (filter, scans, hashes) => {
          const compared = new Compared(filter);
          for (const files of scans) {
            compared.scan(files, hashes);
          }
        },
      ),
      // Making a failure smaller may take long.
      { numRuns: 400, interruptAfterTimeLimit: 90_000 },
    );
  });

  test.each([
    [
      'members in any order',
      `{"eventName":"a","eventID":"b","eventTime":"2023-07-10T11:54:39Z","eventSource":"c"}`,
    ],
    ['white space', JSON.stringify(usual, null, '\t \r\n')],
    ['the usual escapes', recordText({ userAgent: '"\\\b\f\n\r\t' })],
    ['letters beyond ASCII', recordText({ userAgent: 'é日😀' })],
    ['whole numbers in both forms', recordText().replace('null', '[0,-1,12.0,12345678901234567890]')],
    ['nesting', recordText().replace('null', `${'['.repeat(200)}${']'.repeat(200)}`)],
    ['an unknown member', recordText({ more: { a: [true, false, null, {}] } })],
  ])('takes usual records: %s', (_, record) => {
    expect(taken(`[${record} , ${record}]`)).toEqual({ index: 2, outcome: 'list-ended' });
    expect(taken(`[${record}`)).toEqual({ index: 1, outcome: 'after-record' });
  });

  test.each([
    ['other escapes', recordText().replace('aws-cli', '\\u0061ws-cli')],
    ['an escaped slash', recordText().replace('aws-cli', 'aws\\/cli')],
    ['fractions', recordText().replace('null', '1.5')],
    ['exponents', recordText().replace('null', '1e5')],
    ['more digits than a double holds', recordText().replace('null', '1234567890123456.0')],
    ['deeper nesting', recordText().replace('null', `${'['.repeat(201)}${']'.repeat(201)}`)],
    ['a time of another form', recordText({ eventTime: '2023-07-10T11:54:39.5Z' })],
    ['a day that is none', recordText({ eventTime: '2023-02-29T11:54:39Z' })],
    ['no event id', recordText({ eventID: undefined })],
    ['no source', recordText({ eventSource: '' })],
    ['no name', recordText({ eventName: 1 })],
    ['a member twice', recordText().replace('{', '{"eventID":"two",')],
    ['no object', '1'],
    ['a comma too many', recordText().replace(/}$/, ',}')],
    ['a leading zero', recordText().replace('null', '01')],
    ['a control character', recordText().replace('aws-cli', '\u0001')],
    ['a misspelt literal', recordText().replace('null', 'nule')],
  ])('leaves to the JavaScript scanner: %s', (_, record) => {
    expect(taken(`[${recordText()},${record}]`)).toEqual({ index: 1, outcome: 'unusual' });
  });

  test('a value that differs in one byte is another one, whatever its length', () => {
    const near = (length: number): readonly string[] => {
      const base = 'x'.repeat(length);
      const other = Array.from({ length }, (_, at) => `${base.slice(0, at)}y${base.slice(at + 1)}`);
      return [base, ...other.flatMap((text) => [text, base]), `${base}x`, base.slice(1), base];
    };
    const places: readonly ((text: string) => Readonly<Record<string, unknown>>)[] = [
      (text) => ({ userAgent: text }),
      (text) => ({ eventID: text }),
      (text) => ({ userIdentity: { type: 'Root', principalId: text } }),
      (text) => ({ requestParameters: [text] }),
      (text) => ({ responseElements: { ConsoleLogin: text } }),
      (text) => ({ [text]: text }),
      (text) => ({ userIdentity: { [text]: text } }),
    ];
    for (const place of places) {
      const compared = new Compared(allWhole);
      for (let length = 1; length <= 40; length += 1) {
        const records = near(length).map((text) => recordText(place(text)));
        const { files } = compared.scan(alone(logOf(records), logOf([recordText(place('last'))])));
        expect(files).toMatchObject([{ rows: records.length }, { rows: 1 }]);
      }
    }
  });

  test('members in another order, and more of them than are remembered', () => {
    const names = Array.from({ length: 300 }, (_, number) => `a member by the number of ${number}`);
    const membersOf = (from: readonly string[], value: unknown): Readonly<Record<string, unknown>> =>
      Object.fromEntries(from.map((name, number) => [name, number % 3 === 0 ? value : { [name]: name }]));
    const orders = [names, names.toReversed(), names.slice(100), names.slice(0, 140), names];
    const records = orders.flatMap((order) =>
      ['text', 'tex', ['list'], 12].flatMap((value) => [
        recordText({ ...membersOf(order, value), userAgent: 'behind them' }),
        recordText({ userIdentity: { ...membersOf(order, value), arn: value, type: 'Root' } }),
        JSON.stringify({ ...membersOf(order.slice(10), value), ...usual, ...membersOf(names, value) }),
      ]),
    );
    const { files } = new Compared(allWhole).scan(alone(logOf(records), logOf(records.toReversed())));
    expect(files).toMatchObject([{ rows: records.length }, { rows: records.length }]);
  });

  test('the text may be cut off at every place while another file lies behind it', () => {
    const odd = recordText({ eventID: 'odd', eventTime: '2023-07-10T11:54:39.5Z' });
    const text = logOf([recordText(), ` \n ${recordText({ eventName: 'GetUser' })} `, ` \n ${odd} `, ' 1 ']);
    const compared = new Compared(allWhole);
    for (let cut = 0; cut <= text.length; cut += 1) {
      const { files } = compared.scan(together(text.subarray(0, cut), text.subarray(cut), text));
      expect(files[2]).toMatchObject({ records: 4, rows: 3, badCount: 1 });
    }
  });

  test('nothing of the next file is read, even where it would go on with the record', () => {
    const [start, end] = ['[{"eventID":"o', 'ne","eventName":"a"}]'];
    const { files, rows } = new Compared(allWhole).scan(
      together(Buffer.from(start), Buffer.from(end), logOf([recordText()])),
    );
    expect(files).toMatchObject([
      { records: 0, problems: [{ detail: expect.stringContaining('byte 14 (the text ends in the middle') }] },
      { records: 0, problems: [{ reason: 'unsupported' }] },
      { records: 1, problems: [] },
    ]);
    expect(rows).toHaveLength(5);
  });

  test('the end of the window may be at every place of a record', () => {
    const what = '"eventTime":"2023-07-10T11:54:39Z","eventSource":"s","eventName":"n"';
    const tail = [
      `{"eventID":"two",${what}}`,
      // Crosses as it is, from its first byte on.
      `   {${what}} `,
      `  {"eventID":"four","userAgent":"another",${what}}  `,
      `{"eventID":"five",${what}}`,
    ].join(',');
    const first = recordText();
    const told = (scanner: BatchScanner, length: number): unknown => {
      const { files, ...columns } = scanner.scan(alone(logOf([first.padEnd(length), tail])), false);
      return { ...columns, files: files.map((file) => ({ ...file, packedBytes: 0 })) };
    };
    const fast = new BatchScanner(allWhole, module);
    const reference = new BatchScanner(allWhole, null);
    expect(told(fast, 0)).toEqual(told(reference, 0));
    const expected = told(reference, 0);
    for (let before = -2; before < tail.length + 4; before += 1) {
      expect(told(fast, windowSize - before)).toEqual(expected);
    }
  });

  test('long texts: the window moves on, details cross in parts, a record may be longer than all of it', () => {
    // White space, because scanning it takes least; a step through all sizes that is always the same.
    const records = Array.from({ length: 60 }, (_, number) =>
      recordText({ eventID: `id ${number}`, userAgent: `agent ${number % 3}` }).replace(
        'null',
        `["${number}", ${' '.repeat((number * 7919 * 1009) % 400_000)} "a"]`,
      ),
    );
    const longest = recordText({ requestParameters: { content: 'z'.repeat(windowSize + 200_000) } });
    const text = logOf([...records.slice(0, 20), longest, longest, ...records, recordText()]);
    const broken = text.subarray(0, text.length - 100_000);
    const compared = new Compared(allWhole);
    expect(compared.scan(alone(text, broken)).files[0]).toMatchObject({ records: 83, rows: 83 });
    const { files } = compared.scan(together(broken, text, logOf([recordText()]), broken, text));
    expect(files.map(({ rows }) => rows)).toEqual([files[0]?.rows, 83, 1, files[0]?.rows, 83]);
  });

  test('more rows than are kept at once, some of them outside', () => {
    const records = Array.from({ length: 20_000 }, (_, number) =>
      recordText({
        eventID: `id ${number}`,
        eventTime: number % 7 === 0 ? '2022-07-10T11:54:39Z' : usual.eventTime,
        eventName: number % 5 === 0 ? 'GetUser' : usual.eventName,
        recipientAccountId: number % 11 === 0 ? '444455556666' : '111122223333',
      }),
    );
    const compared = new Compared({
      ...usersWhole,
      from: Date.UTC(2023, 0, 1),
      to: Date.UTC(2024, 0, 1),
      accountIds: ['111122223333'],
    });
    const { files } = compared.scan(alone(logOf(records), logOf(records.slice(0, 4096)), logOf(records)));
    const rows = records.filter((_, number) => number % 7 !== 0 && number % 11 !== 0).length;
    expect(files[2]).toMatchObject({ records: 20_000, rows, outside: 20_000 - rows });
  });

  test.each([
    ['buckets', 41_000, (number: number) => ({ userAgent: 'x', sourceIPAddress: `${number}` })],
    ['identities', 20_500, (number: number) => ({ userIdentity: { type: 'Root', userName: `${number}` } })],
    [
      'strings',
      34_000,
      (number: number) => ({ userAgent: `a${number}`, errorCode: `c${number}`, awsRegion: `r${number}` }),
    ],
  ])('a new generation begins after many %s', (_, count, membersOf) => {
    const records = Array.from({ length: count }, (__, number) => recordText(membersOf(number)));
    const compared = new Compared(allWhole);
    const many = alone(logOf([...records, ...records.slice(-500), ...records.slice(0, 500)]));
    const few = alone(logOf([...records.slice(-3), recordText(), ...records.slice(0, 3)]));
    expect([many, few, few].map((files) => compared.scan(files).reset)).toEqual([false, true, false]);
  });
});
