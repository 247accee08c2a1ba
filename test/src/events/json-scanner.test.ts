import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { JsonProblem, textHash } from '../../../src/events/json-cursor.ts';
import { JsonScanner } from '../../../src/events/json-scanner.ts';

function scan(bytes: Uint8Array): { readonly hash: string; readonly end: number } | null {
  const scanner = new JsonScanner(1, { a: { slot: 0 } });
  scanner.load(bytes, 0);
  try {
    scanner.peek();
    scanner.scanRecord();
    scanner.peek();
    return { hash: `${scanner.hashA} ${scanner.hashB}`, end: scanner.position };
  } catch (error) {
    if (error instanceof JsonProblem) {
      return null;
    }
    throw error;
  }
}

function accepts(text: string): boolean {
  const bytes = Buffer.from(text);
  return scan(bytes)?.end === bytes.length;
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const alphabet = [...'{}[]:,"\\ \n\tabcdefnrtu0123456789-+.eEé\u0001'];

describe('JsonScanner', () => {
  test('takes what JSON.parse takes and nothing else', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...alphabet), { maxLength: 12 }), (letters) => {
        const text = letters.join('');
        expect(accepts(text)).toBe(parses(text));
      }),
      { numRuns: 4000 },
    );
  });

  test('one changed byte is judged as JSON.parse judges it', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.constantFrom(...alphabet), (json, at, letter) => {
        const text = `${json.slice(0, at % (json.length + 1))}${letter}${json.slice((at % (json.length + 1)) + 1)}`;
        expect(accepts(text)).toBe(parses(Buffer.from(text).toString()));
      }),
      { numRuns: 2000 },
    );
  });

  test('equal content has an equal hash, however it is written and wherever it lies', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(7), (value, shift) => {
        const compact = JSON.stringify(value);
        const pretty = `${' '.repeat(shift)}${JSON.stringify(value, null, 3)}`;
        const escaped = compact.replaceAll(
          /[^\\"\x20-\x7e]/g,
          (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
        );
        const hash = scan(Buffer.from(compact))?.hash;
        expect(hash).toBeDefined();
        expect(scan(Buffer.from(pretty))?.hash).toBe(hash);
        expect(scan(Buffer.from(escaped))?.hash).toBe(hash);
      }),
    );
  });

  test('other content has another hash', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (left, right) => {
        const [one, other] = [JSON.stringify(left), JSON.stringify(right)];
        fc.pre(JSON.stringify(JSON.parse(one)) !== JSON.stringify(JSON.parse(other)));
        const equal = isDeepEqual(left, right);
        expect(scan(Buffer.from(one))?.hash === scan(Buffer.from(other))?.hash).toBe(equal);
      }),
    );
    expect(
      new Set(['ab', 'ba', 'abcd', 'abcde', 'abcd\u0000', ''].map((text) => textHash(text).join())).size,
    ).toBe(6);
  });

  test('what was scanned before changes nothing', () => {
    const wanted = { a: { slot: 0, members: { b: { slot: 1 }, c: { members: { d: { slot: 2 } } } } } };
    const notes = (scanner: JsonScanner, start: number) => {
      scanner.position = start;
      let problem: string | null = null;
      try {
        scanner.scanRecord();
      } catch (error) {
        problem = error instanceof JsonProblem ? `${error.message} at ${error.offset}` : String(error);
      }
      const { hashA, hashB, position } = scanner;
      return problem === null
        ? [
            hashA,
            hashB,
            position,
            scanner.repeated,
            [...scanner.starts],
            [...scanner.ends].map((end, slot) => ((scanner.starts[slot] ?? -1) < 0 ? null : end)),
            [0, 1, 2].map((slot) => scanner.text(slot)),
          ]
        : problem;
    };
    const value = fc.constantFrom(
      '1',
      '12345678',
      '123456789',
      '"x"',
      '"a longer text"',
      '"a longer tex"',
      '"\\u0061 longer text"',
      '{}',
      '[1,{"b":2}]',
      '{"d":"z"}',
      '{"d":"zz"}',
      '{ "d":"zz"}',
      '{"d":"zz","e":{"d":"zz"}}',
    );
    const member = fc.tuple(
      fc.constantFrom('b', 'c', 'a longer name'),
      fc.constantFrom('', ' ', '  '),
      value,
    );
    const inner = fc
      .array(member, { maxLength: 4 })
      .map((members) => `{${members.map(([name, space, text]) => `"${name}":${space}${text}`).join(',')}}`);
    const record = fc
      .tuple(inner, fc.constantFrom('', ' ', '}', ']', '"'), fc.nat(3))
      .map(([text, noise, shift]) => `{${' '.repeat(shift)}"x":1,"a":${text}${noise}}`);
    fc.assert(
      fc.property(fc.array(record, { minLength: 2, maxLength: 12 }), (records) => {
        const bytes = Buffer.from(records.join('\n'));
        const used = new JsonScanner(3, wanted);
        used.load(Buffer.from('{"a":{"b":"of another text"}}'), 0);
        used.scanRecord();
        used.load(bytes, 0);
        let start = 0;
        for (const text of records) {
          const fresh = new JsonScanner(3, wanted);
          fresh.load(bytes, start);
          expect(notes(used, start)).toEqual(notes(fresh, start));
          start += text.length + 1;
        }
      }),
      { numRuns: 1500 },
    );
  });

  test('a member twice is seen each time', () => {
    const wanted = { a: { slot: 0, members: { b: { slot: 1 }, c: { members: { d: { slot: 2 } } } } } };
    for (const text of ['{"a":{"b":1,"b":2}}', '{"a":{"c":{"d":"text"},"c":{"d":"text"}}}']) {
      const scanner = new JsonScanner(3, wanted);
      scanner.load(Buffer.from(text.repeat(3)), 0);
      for (const time of [1, 2, 3]) {
        scanner.scanRecord();
        expect({ time, repeated: scanner.repeated }).toEqual({ time, repeated: true });
      }
    }
  });

  test('the names of another text are forgotten, however many there were', () => {
    const names = Array.from({ length: 300 }, (_, number) => `"a member by the number of ${number}":1`);
    const used = new JsonScanner(1, { a: { slot: 0 } });
    for (const all of [names.join(), names.join().replace('of 200"', 'of abc"'), names.slice(200).join()]) {
      const bytes = Buffer.from(`{${all}}`);
      used.load(bytes, 0);
      used.scanRecord();
      expect(`${used.hashA} ${used.hashB}`).toBe(scan(bytes)?.hash);
    }
  });

  test('nests deeper than any recursion', () => {
    const depth = 200_000;
    expect(accepts(`${'['.repeat(depth)}${']'.repeat(depth)}`)).toBe(true);
    expect(accepts(`${'['.repeat(depth)}}${']'.repeat(depth - 1)}`)).toBe(false);
    expect(accepts('['.repeat(depth))).toBe(false);
  });
});

function isDeepEqual(left: unknown, right: unknown): boolean {
  try {
    expect(JSON.parse(JSON.stringify(left))).toEqual(JSON.parse(JSON.stringify(right)));
    return true;
  } catch {
    return false;
  }
}
