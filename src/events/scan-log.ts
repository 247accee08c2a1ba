import { eventSlots, recordsMember } from './event-scanner.ts';
import { JsonProblem } from './json-cursor.ts';
import type { JsonScanner } from './json-scanner.ts';
import { type LogProblem, malformed, notALog } from './log-problem.ts';
import type { RunOutcome } from './record-runner.ts';

/** A record that is JSON but no event, or a line that is no JSON. */
export interface BadRecord {
  readonly index: number;
  readonly reason: string;
}

/** What a file came to, besides its records. */
export interface LogOutline {
  readonly records: number;
  readonly bad: readonly BadRecord[];
  readonly badCount: number;
  readonly problems: readonly LogProblem[];
  /** The file is a digest of CloudTrail's: no log, and no trouble either. */
  readonly digest: boolean;
  /** The answer of `aws cloudtrail lookup-events`: records lie in it as text. */
  readonly lookup: boolean;
}

/** Who is given the records of a log. */
export interface RecordTaker {
  /** Called for a record with its place in the bytes; a text = why it cannot be used. */
  one(start: number, end: number, index: number): string | null;
  /**
   * Takes records of a list by itself from the scanner's position on, and tells the number of the one that is next and
   * whether the scanner is before it, behind the last one or behind the list.
   */
  many?(index: number): { readonly index: number; readonly outcome: RunOutcome };
}

const openBrace = 0x7b;
const openBracket = 0x5b;
const lineFeed = 0x0a;
const mostKept = 20;
const byteOrderMark = [0xef, 0xbb, 0xbf];
const flowLogLine = /^(?:version |\d+ (?:\d{12}|unknown) eni-)/;

function otherText(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, 2000)).toString('utf8');
  const line = start.split('\n')[0] ?? '';
  if (flowLogLine.test(line)) {
    return 'a VPC flow log';
  }
  if (start.includes('\u0000')) {
    return 'binary data';
  }
  return line.split(',').length > 2 ? 'CSV' : 'neither JSON nor anything known';
}

class LogWalk {
  private readonly scanner: JsonScanner;
  private readonly taker: RecordTaker;
  private readonly bytes: Uint8Array;
  private index = 0;
  private bad: BadRecord[] = [];
  private badCount = 0;
  private problems: LogProblem[] = [];
  private lists = 0;
  private digest = false;
  private lookup = false;

  constructor(bytes: Uint8Array, scanner: JsonScanner, taker: RecordTaker) {
    this.bytes = bytes;
    this.scanner = scanner;
    this.taker = taker;
  }

  outline(): LogOutline {
    const { scanner, bytes } = this;
    scanner.load(bytes, byteOrderMark.every((byte, at) => bytes[at] === byte) ? byteOrderMark.length : 0);
    const first = scanner.peek();
    if (first !== openBrace && first !== openBracket) {
      const blank = scanner.position >= bytes.length;
      this.problems.push(blank ? malformed('the file holds only white space') : notALog(otherText(bytes)));
    } else {
      this.values();
    }
    return {
      records: this.index,
      bad: this.bad,
      badCount: this.badCount,
      problems: this.problems,
      digest: this.digest,
      lookup: this.lookup,
    };
  }

  /** One document, or one after the other (JSON lines, joined files). */
  private values(): void {
    const { scanner, bytes } = this;
    while (scanner.peek() !== 0 || scanner.position < bytes.length) {
      const start = scanner.position;
      const listsBefore = this.lists;
      try {
        this.value();
      } catch (error) {
        if (!(error instanceof JsonProblem)) {
          throw error;
        }
        const line = this.nextLine(start);
        if (this.lists > listsBefore || line === null) {
          this.broken(error);
          return;
        }
        this.reject(this.index, `the line is no JSON: ${error.message}`);
        this.index += 1;
        scanner.position = line;
      }
    }
  }

  private broken(error: JsonProblem): void {
    const left = this.bytes.length - error.offset;
    const after = `${this.index} records before it were read${left > 0 ? `, ${left} bytes from there on were not` : ''}`;
    this.problems.push(malformed(`broken JSON at byte ${error.offset} (${error.message}): ${after}`));
  }

  /** Start of the next line that begins with an object: there a log of JSON lines goes on. */
  private nextLine(from: number): number | null {
    const at = this.bytes.indexOf(lineFeed, from);
    return at >= 0 && this.bytes[at + 1] === openBrace ? at + 1 : null;
  }

  private value(): void {
    const { scanner } = this;
    const start = scanner.position;
    const first = scanner.peek();
    if (first === openBracket) {
      this.list();
      return;
    }
    if (first !== openBrace) {
      throw new JsonProblem('something that is no JSON object', start);
    }
    const before = this.lists;
    scanner.scanOuter((key) => {
      if (key !== recordsMember || scanner.peek() !== openBracket) {
        return false;
      }
      this.list();
      return true;
    });
    if (this.lists === before) {
      this.bare(start);
    }
  }

  private list(): void {
    const { scanner, taker } = this;
    this.lists += 1;
    for (let more = scanner.firstElement(); more; more = scanner.nextElement()) {
      const taken = taker.many?.(this.index);
      this.index = taken?.index ?? this.index;
      if (taken?.outcome === 'list-ended') {
        return;
      }
      if (taken?.outcome !== 'after-record') {
        this.element();
      }
    }
  }

  private element(): void {
    const { scanner } = this;
    const isRecord = scanner.peek() === openBrace;
    const start = scanner.position;
    scanner.scanRecord();
    const problem = isRecord
      ? this.taker.one(start, scanner.position, this.index)
      : 'the record is no object';
    if (problem !== null) {
      this.reject(this.index, problem);
    }
    this.index += 1;
  }

  /** An object without `Records`: a line of JSON lines, or another kind of file. */
  private bare(start: number): void {
    const { scanner } = this;
    const has = (slot: number): boolean => (scanner.starts[slot] ?? -1) >= 0;
    if (has(eventSlots.source) || has(eventSlots.name)) {
      const problem = this.taker.one(start, scanner.position, this.index);
      if (problem !== null) {
        this.reject(this.index, problem);
      }
      this.index += 1;
    } else if (has(eventSlots.digestStart)) {
      this.digest = true;
    } else if (has(eventSlots.lookupEvents)) {
      this.lookup = true;
    } else if (has(eventSlots.configurationItems)) {
      this.problem(notALog('AWS Config items'));
    } else {
      this.problem(notALog('JSON without CloudTrail records'));
    }
  }

  private problem(problem: LogProblem): void {
    if (!this.problems.some(({ detail }) => detail === problem.detail)) {
      this.problems.push(problem);
    }
  }

  private reject(index: number, reason: string): void {
    this.badCount += 1;
    if (this.bad.length < mostKept) {
      this.bad.push({ index, reason });
    }
  }
}

/** Walks the plain bytes of a file and hands over its records one by one; never throws for what is in them. */
export function scanLog(bytes: Uint8Array, scanner: JsonScanner, taker: RecordTaker): LogOutline {
  return new LogWalk(bytes, scanner, taker).outline();
}
