import { isAscii } from 'node:buffer';
import type { EventActor, EventOrigin, TrailEvent } from '../model/trail-event.ts';
import { isoOf } from './event-time.ts';
import { detailsOf, type EventDetails, type EventHead } from './normalize-event.ts';

/** `["01234567-89ab-cdef-0123-456789abcdef",0` : the usual beginning of a record's details. */
const idStart = 2;
const idEnd = idStart + 36;
const quote = 0x22;
const dash = 0x2d;
const zero = 0x30;
const nine = 0x39;
const letterA = 0x61;
const letterF = 0x66;

function isIdByte(byte: number): boolean {
  return (byte >= zero && byte <= nine) || (byte >= letterA && byte <= letterF) || byte === dash;
}

/** JSON of the records of one batch. Members of few events are ever asked for: they are parsed when they are. */
export class RecordTexts {
  private readonly bytes: Buffer;
  private readonly encoding: 'latin1' | 'utf8';
  private parsedStart = -1;
  private parsed: EventDetails = detailsOf([]);
  private parsedId = '';

  constructor({ buffer, byteOffset, length }: Uint8Array) {
    this.bytes = Buffer.from(buffer, byteOffset, length);
    this.encoding = isAscii(this.bytes) ? 'latin1' : 'utf8';
  }

  byteAt(at: number): number {
    return this.bytes[at] ?? 0;
  }

  json(start: number, end: number): unknown {
    return JSON.parse(this.bytes.toString(this.encoding, start, end));
  }

  id(start: number, end: number): string {
    if (this.hasUsualId(start)) {
      return this.bytes.toString('latin1', start + idStart, start + idEnd);
    }
    this.details(start, end);
    return this.parsedId;
  }

  /** Mostly there is none, and that shows without parsing. */
  sharedId(start: number, end: number): string | null {
    return this.byteAt(start + idEnd + 2) === zero && this.hasUsualId(start)
      ? null
      : this.details(start, end).sharedEventId;
  }

  /** Several members of one event are asked for one after the other: the last one is remembered, no more. */
  details(start: number, end: number): EventDetails {
    if (this.parsedStart !== start) {
      const parsed = this.json(start, end);
      const list: readonly unknown[] = Array.isArray(parsed) ? parsed : [];
      this.parsed = detailsOf(list);
      this.parsedId = String(list[0]);
      this.parsedStart = start;
    }
    return this.parsed;
  }

  /** Nothing but hexadecimal digits and dashes between the quotes, so nothing is escaped. */
  private hasUsualId(start: number): boolean {
    const { bytes } = this;
    let at = start + idStart;
    while (at < start + idEnd && isIdByte(bytes[at] ?? 0)) {
      at += 1;
    }
    return at === start + idEnd && bytes[at] === quote;
  }
}

/** An event of a batch. What it has of its own stays JSON until it is asked for. */
export class ScannedEvent implements TrailEvent {
  readonly at: number;
  readonly actor: EventActor;
  private readonly head: EventHead;
  private readonly texts: RecordTexts;
  private readonly start: number;
  private readonly end: number;
  private readonly file: string;
  private readonly index: number;

  constructor(
    at: number,
    actor: EventActor,
    head: EventHead,
    texts: RecordTexts,
    start: number,
    end: number,
    file: string,
    index: number,
  ) {
    this.at = at;
    this.actor = actor;
    this.head = head;
    this.texts = texts;
    this.start = start;
    this.end = end;
    this.file = file;
    this.index = index;
  }

  get id(): string {
    return this.texts.id(this.start, this.end);
  }

  get time(): string {
    return isoOf(this.at);
  }

  get source(): string {
    return this.head.source;
  }

  get name(): string {
    return this.head.name;
  }

  get recordedName(): string {
    return this.head.recordedName;
  }

  get region(): string {
    return this.head.region;
  }

  get accountId(): string | null {
    return this.head.accountId;
  }

  get errorCode(): string | null {
    return this.head.errorCode;
  }

  get sourceIp(): string | null {
    return this.head.sourceIp;
  }

  get userAgent(): string | null {
    return this.head.userAgent;
  }

  get sharedEventId(): string | null {
    return this.texts.sharedId(this.start, this.end);
  }

  get errorMessage(): string | null {
    return this.details.errorMessage;
  }

  get eventType(): string | null {
    return this.details.eventType;
  }

  get request(): TrailEvent['request'] {
    return this.details.request;
  }

  get response(): TrailEvent['response'] {
    return this.details.response;
  }

  get additional(): TrailEvent['additional'] {
    return this.details.additional;
  }

  get serviceDetails(): TrailEvent['serviceDetails'] {
    return this.details.serviceDetails;
  }

  get resources(): TrailEvent['resources'] {
    return this.details.resources;
  }

  get origin(): EventOrigin {
    return { file: this.file, index: this.index };
  }

  private get details(): EventDetails {
    return this.texts.details(this.start, this.end);
  }
}
