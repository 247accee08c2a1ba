import { isAscii } from 'node:buffer';
import {
  type EventActor,
  type EventOrigin,
  idOrder,
  idOrderDigits,
  type JsonObject,
  type TrailEvent,
} from '../model/trail-event.ts';
import { isoOf } from './event-time.ts';
import type { Column } from './growing.ts';
import { type KeptBatch, type KeptRecords, ResidentBatch } from './kept-records.ts';
import {
  detailsOf,
  type EventDetails,
  type EventHead,
  type NotAnEvent,
  normalizeEvent,
  objectOf,
  textOf,
} from './normalize-event.ts';
import { boundCount, boundMembers } from './whole-records.ts';

/** `["01234567-89ab-cdef-0123-456789abcdef",0` : the usual beginning of a record's details. */
const idStart = 2;
const idEnd = idStart + 36;
const sharedIdStart = idEnd + 2;
const quote = 0x22;
const dash = 0x2d;
const zero = 0x30;
const nine = 0x39;
const letterA = 0x61;
const letterF = 0x66;

/** -1 for what is no lower-case hexadecimal digit. */
function hexDigit(byte: number): number {
  if (byte >= zero && byte <= nine) {
    return byte - zero;
  }
  return byte >= letterA && byte <= letterF ? byte - letterA + 10 : -1;
}

function isIdByte(byte: number): boolean {
  return hexDigit(byte) >= 0 || byte === dash;
}

/** Nothing but hexadecimal digits and dashes between the quotes, so nothing is escaped. */
function hasUsualId(bytes: Buffer, start: number): boolean {
  let at = start + idStart;
  while (at < start + idEnd && isIdByte(bytes[at] ?? 0)) {
    at += 1;
  }
  return at === start + idEnd && bytes[at] === quote;
}

/** The id must be read: it may be escaped. */
const unusualOrder = -2;

/** `idOrder` of a usual id, without reading it. */
function orderAt(bytes: Buffer, start: number): number {
  let order = 0;
  for (let at = start + idStart; at < start + idStart + idOrderDigits; at += 1) {
    const digit = hexDigit(bytes[at] ?? 0);
    if (digit < 0) {
      return unusualOrder;
    }
    order = order * 16 + digit;
  }
  return order;
}

/** What the events of one batch are read from. */
export interface EventColumns {
  /** Per event, in the order of `boundMembers`: where its parts lie. */
  readonly bounds: Int32Array;
  /** Per event, in milliseconds. */
  readonly times: Float64Array;
  /** Per event, its place: the number of the file in `files`, and the record in it. */
  readonly fileNumbers: Column;
  readonly indexes: Column;
  readonly files: readonly string[];
}

/** The records of one batch. Members of few events are ever asked for: they are parsed when they are. */
export class BatchRecords {
  readonly columns: EventColumns;
  private kept: KeptBatch;
  /** Asked of every event of a log: read while the bytes are at hand. */
  private readonly orders: Int32Array;
  private readonly shared: Uint8Array;
  private readonly encoding: 'latin1' | 'utf8';
  private detailsPosition = -1;
  private lastDetails: EventDetails = detailsOf([]);
  private lastId = '';
  private requestPosition = -1;
  private lastRequest: JsonObject = objectOf(null);
  private responsePosition = -1;
  private lastResponse: JsonObject = objectOf(null);

  /** @param bytes JSON of the records, one after the other */
  constructor(bytes: Uint8Array, columns: EventColumns) {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.columns = columns;
    this.encoding = isAscii(text) ? 'latin1' : 'utf8';
    const count = columns.times.length;
    this.orders = new Int32Array(count);
    this.shared = new Uint8Array(count);
    for (let position = 0; position < count; position += 1) {
      this.orders[position] = orderAt(text, this.bound(position, boundMembers.start));
      // The shared id stands before the comma before the request. Mostly there is none, and then no text ends there.
      this.shared[position] = text[this.bound(position, boundMembers.requestStart) - 2] === quote ? 1 : 0;
    }
    this.kept = new ResidentBatch(text);
  }

  /** They will be asked for again: from now on they lie where there is room for them. */
  keep(keeping: KeptRecords): void {
    this.kept = keeping.keep(this.kept.at(0).bytes, this.columns.bounds);
  }

  /** Whether the record crossed as it is, because its bucket may not tell all of the rest. */
  isWhole(position: number): boolean {
    // Before the request of any other record its id stands.
    return this.bound(position, boundMembers.requestStart) === this.bound(position, boundMembers.start);
  }

  json(position: number): unknown {
    return this.between(
      position,
      this.bound(position, boundMembers.start),
      this.bound(position, boundMembers.end),
    );
  }

  id(position: number): string {
    const { bytes, base } = this.kept.at(position);
    const start = this.bound(position, boundMembers.start) - base;
    if (hasUsualId(bytes, start)) {
      return bytes.toString('latin1', start + idStart, start + idEnd);
    }
    this.details(position);
    return this.lastId;
  }

  /** `idOrder` of the id. */
  idOrder(position: number): number {
    const order = this.orders[position] ?? unusualOrder;
    return order === unusualOrder ? idOrder(this.id(position)) : order;
  }

  sharedId(position: number): string | null {
    if (this.shared[position] === 0) {
      return null;
    }
    const { bytes, base } = this.kept.at(position);
    const start = this.bound(position, boundMembers.start);
    return hasUsualId(bytes, start - base)
      ? textOf(
          this.between(position, start + sharedIdStart, this.bound(position, boundMembers.requestStart) - 1),
        )
      : this.details(position).sharedEventId;
  }

  time(position: number): number {
    return this.columns.times[position] ?? 0;
  }

  origin(position: number): EventOrigin {
    const { files, fileNumbers, indexes } = this.columns;
    return { file: files[fileNumbers[position] ?? 0] ?? '', index: indexes[position] ?? 0 };
  }

  /** Several members of one event are asked for one after the other: the last one is remembered, no more. */
  request(position: number): JsonObject {
    if (this.requestPosition !== position) {
      const start = this.bound(position, boundMembers.requestStart);
      this.lastRequest = objectOf(
        this.between(position, start, this.bound(position, boundMembers.requestEnd)),
      );
      this.requestPosition = position;
    }
    return this.lastRequest;
  }

  response(position: number): JsonObject {
    if (this.responsePosition !== position) {
      const start = this.bound(position, boundMembers.requestEnd) + 1;
      this.lastResponse = objectOf(
        this.between(position, start, this.bound(position, boundMembers.responseEnd)),
      );
      this.responsePosition = position;
    }
    return this.lastResponse;
  }

  /** All of it; what is asked for most has functions of its own. */
  details(position: number): EventDetails {
    if (this.detailsPosition !== position) {
      const parsed = this.json(position);
      const list: readonly unknown[] = Array.isArray(parsed) ? parsed : [];
      this.lastDetails = detailsOf(list);
      this.lastId = String(list[0]);
      this.detailsPosition = position;
    }
    return this.lastDetails;
  }

  /** A record that crossed as it is. */
  normalized(position: number): TrailEvent | NotAnEvent {
    return normalizeEvent(this.json(position), this.origin(position));
  }

  private between(position: number, start: number, end: number): unknown {
    const { bytes, base } = this.kept.at(position);
    return JSON.parse(bytes.toString(this.encoding, start - base, end - base));
  }

  private bound(position: number, member: number): number {
    return this.columns.bounds[position * boundCount + member] ?? 0;
  }
}

/** An event of a batch. What it has of its own stays where it is until it is asked for: a log has millions. */
export class ScannedEvent implements TrailEvent {
  readonly actor: EventActor;
  private readonly head: EventHead;
  private readonly records: BatchRecords;
  private readonly position: number;

  constructor(actor: EventActor, head: EventHead, records: BatchRecords, position: number) {
    this.actor = actor;
    this.head = head;
    this.records = records;
    this.position = position;
  }

  get id(): string {
    return this.records.id(this.position);
  }

  get time(): string {
    return isoOf(this.at);
  }

  get at(): number {
    return this.records.time(this.position);
  }

  get order(): number {
    return this.records.idOrder(this.position);
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
    return this.records.sharedId(this.position);
  }

  get errorMessage(): string | null {
    return this.details.errorMessage;
  }

  get eventType(): string | null {
    return this.details.eventType;
  }

  get request(): TrailEvent['request'] {
    return this.records.request(this.position);
  }

  get response(): TrailEvent['response'] {
    return this.records.response(this.position);
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
    return this.records.origin(this.position);
  }

  private get details(): EventDetails {
    return this.records.details(this.position);
  }
}
