import type { EventActor } from '../model/trail-event.ts';
import type { EventTest } from './event-filter.ts';
import { withoutVersion } from './event-name.ts';
import { eventSlots } from './event-scanner.ts';
import { Numbers } from './growing.ts';
import { actorOf, type EventHead } from './normalize-event.ts';
import { bucketMembers, type ScannedBatch } from './scan-batch.ts';
import { isTrailControl } from './trail-control.ts';

const nobody = actorOf(null);

function actorOfText(identity: string): EventActor {
  const parsed: unknown = JSON.parse(identity);
  return actorOf(parsed);
}

/** What the whole events of a bucket have in common. */
export interface WholeBucket {
  readonly head: EventHead;
  /** The sink wants them. */
  readonly forSink: boolean;
  /** They stop, start or change trails. */
  readonly isControl: boolean;
}

/** Strings, buckets and identities of one lane between two resets. Its events ask it for as long as they are kept. */
export class LaneGeneration {
  private strings: string[] = [];
  private readonly members = new Numbers();
  private readonly wholes: (WholeBucket | undefined)[] = [];
  private readonly actors: EventActor[] = [];
  private heads = 0;
  private readonly forSink: EventTest;

  constructor(forSink: EventTest) {
    this.forSink = forSink;
  }

  add({ strings, buckets, identities }: Pick<ScannedBatch, 'strings' | 'buckets' | 'identities'>): void {
    for (const text of strings) {
      this.strings.push(text);
    }
    this.members.append(buckets);
    for (const identity of identities) {
      this.actors.push(actorOfText(identity));
    }
  }

  /** Identities, and buckets whose events were asked for: what its events keep of it. */
  get size(): number {
    return this.actors.length + this.heads;
  }

  /** No event will come that is new to it: what only a new one needs is let go. */
  close(): void {
    this.strings = [];
    this.members.clear();
  }

  /** @param bucket from 1; known to it before it was closed */
  whole(bucket: number): WholeBucket {
    const at = bucket - 1;
    const known = this.wholes[at];
    if (known !== undefined) {
      return known;
    }
    const head = this.head(at);
    const whole = { head, forSink: this.forSink(head), isControl: isTrailControl(head) };
    this.wholes[at] = whole;
    this.heads += 1;
    return whole;
  }

  /** @param identity 0 = none */
  actor(identity: number): EventActor {
    return this.actors[identity - 1] ?? nobody;
  }

  /** @param at the bucket's place, from 0 */
  private head(at: number): EventHead {
    const recordedName = this.text(at, eventSlots.name) ?? '';
    return {
      source: this.text(at, eventSlots.source) ?? '',
      name: withoutVersion(recordedName),
      recordedName,
      region: this.text(at, eventSlots.region) ?? '',
      accountId: this.text(at, eventSlots.recipientAccountId),
      errorCode: this.text(at, eventSlots.errorCode),
      sourceIp: this.text(at, eventSlots.sourceIp),
      userAgent: this.text(at, eventSlots.userAgent),
    };
  }

  get texts(): readonly string[] {
    return this.strings;
  }

  /** @param slot one of those that make a bucket: the first of a record */
  text(at: number, slot: number): string | null {
    const id = this.number(at, slot);
    return id === 0 ? null : (this.strings[id - 1] ?? null);
  }

  /** Of the text in the slot, from 1; 0 = null. */
  number(at: number, slot: number): number {
    return this.members.at(at * bucketMembers.length + slot);
  }
}
