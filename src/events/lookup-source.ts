import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import pMap from 'p-map';
import type { Operation } from '../aws/operation.ts';
import type { AwsReader } from '../aws/reader.ts';
import type {
  EventCounts,
  EventCoverage,
  EventQuery,
  EventSink,
  EventSource,
} from '../model/event-source.ts';
import type { Gap } from '../model/gap.ts';
import { regionUnit } from '../model/scope.ts';
import type { TrailEvent } from '../model/trail-event.ts';
import { activityOf } from './aggregate-activity.ts';
import { deliveryDelay } from './coverage.ts';
import { defaultWholeEvents, type WholeEvents, wantsEvent } from './event-filter.ts';
import { earlier, isoOf } from './event-time.ts';
import { textHash } from './json-cursor.ts';
import { digestOf, isEvent, normalizeEvent } from './normalize-event.ts';
import { SeenEvents } from './seen-events.ts';

export const lookupOperations: readonly Operation[] = [
  { service: 'cloudtrail', command: 'LookupEvents', permission: 'cloudtrail:LookupEvents' },
];

/** An account whose own history is asked: the management account does not show its members'. */
export interface LookupAccount {
  readonly partition: string;
  readonly accountId: string;
  readonly regions: readonly string[];
  /** Of a session in that account, with `lookupOperations`. */
  readonly reader: AwsReader;
}

export type LookupSeeds = EventQuery['seeds'];

export interface LookupSettings {
  readonly accounts: readonly LookupAccount[];
  /** Event names that are asked for whoever did them: few, each costs its pages in every region. */
  readonly eventNames?: readonly string[];
  /** Pages of 50 events that one account and region may cost. */
  readonly pagesPerRegion?: number;
  /** What the events found so far make worth asking: keys that were minted, users that were made. */
  readonly moreSeeds?: (events: readonly TrailEvent[]) => LookupSeeds;
  /** Milliseconds. */
  readonly now: number;
  /** Accounts and regions that are asked at the same time. */
  readonly concurrency?: number;
  readonly wholeEvents?: WholeEvents;
  readonly seen?: SeenEvents;
}

/** Rare and telling: what an intruder does once and nobody does every day. */
export const tellingEventNames: readonly string[] = [
  'CreateAccessKey',
  'CreateUser',
  'CreateLoginProfile',
  'UpdateLoginProfile',
  'CreateRole',
  'UpdateAssumeRolePolicy',
  'GetFederationToken',
  'GetSigninToken',
  'ConsoleLogin',
  'StopLogging',
  'DeleteTrail',
  'PutEventSelectors',
  'UpdateTrail',
  'DisableAWSServiceAccess',
  'UpdateSsoConfiguration',
  'CreateAccountAssignment',
  'LeaveOrganization',
];

type AttributeKey = 'AccessKeyId' | 'Username' | 'ResourceName' | 'EventName';
interface Attribute {
  readonly key: AttributeKey;
  readonly value: string;
}
interface Place {
  readonly account: LookupAccount;
  readonly region: string;
  pages: number;
}

const historyDays = 90;
const day = 86_400_000;
const defaultPages = 400;
const defaultConcurrency = 16;
const pageSize = 50;
/** Each round follows what the one before minted: longer chains are cut off by name. */
const mostRounds = 12;
const operation = 'cloudtrail:LookupEvents';

function attributesOf(seeds: LookupSeeds): readonly Attribute[] {
  const make = (key: AttributeKey, values: readonly string[]): readonly Attribute[] =>
    [...new Set(values)].filter((value) => value !== '').map((value) => ({ key, value }));
  return [
    ...make('AccessKeyId', seeds.accessKeyIds),
    ...make('Username', seeds.userNames),
    ...make('ResourceName', seeds.resourceNames),
  ];
}

function nameOf({ key, value }: Attribute): string {
  return `${key} ${value}`;
}

function lookupGap(
  place: Place,
  gap: Pick<Gap, 'reason' | 'detail' | 'retryable'> & { readonly resource?: string },
): Gap {
  const { partition, accountId } = place.account;
  return { operation, permission: operation, unit: regionUnit(partition, accountId, place.region), ...gap };
}

function parseRecord(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

class Lookups {
  readonly gaps: Gap[] = [];
  readonly asked = new Set<string>();
  readonly refused = new Set<Place>();
  private readonly events: TrailEvent[] = [];
  private fresh: TrailEvent[] = [];
  private readonly settings: LookupSettings;
  private readonly sink: EventSink;
  private readonly seen: SeenEvents;
  private readonly wants: (event: TrailEvent) => boolean;
  private readonly from: number;
  private readonly to: number;
  private records = 0;
  private duplicates = 0;
  private unparsable = 0;
  private bytes = 0;
  private lookups = 0;

  constructor(settings: LookupSettings, query: EventQuery, sink: EventSink) {
    this.settings = settings;
    this.sink = sink;
    this.seen = settings.seen ?? new SeenEvents();
    this.wants = wantsEvent(settings.wholeEvents === undefined ? defaultWholeEvents() : settings.wholeEvents);
    const oldest = settings.now - historyDays * day;
    this.from = Math.max(oldest, query.window === null ? oldest : Date.parse(query.window.from));
    this.to = query.window === null ? settings.now : Math.min(settings.now, Date.parse(query.window.to));
  }

  /** Asks every place for what is new, and again for what the answers name, until nothing new comes. */
  async follow(places: readonly Place[], first: readonly Attribute[]): Promise<void> {
    let attributes = first;
    for (let round = 0; attributes.length > 0; round += 1) {
      if (round === mostRounds) {
        this.notAsked(
          places,
          attributes,
          `the chain of minted credentials is longer than ${mostRounds} steps`,
        );
        return;
      }
      for (const attribute of attributes) {
        this.asked.add(nameOf(attribute));
      }
      const now = attributes;
      await pMap(places, (place) => this.askPlace(place, now), {
        concurrency: this.settings.concurrency ?? defaultConcurrency,
      });
      attributes = await this.afterRound();
    }
  }

  counts(): EventCounts {
    const { lookups, bytes, records, duplicates, unparsable } = this;
    return { files: lookups, bytes, records, outsideWindow: 0, duplicates, unparsable };
  }

  async finish(): Promise<void> {
    const activity = activityOf(this.events);
    if (activity.length > 0) {
      await this.sink.activity(activity);
    }
  }

  coverage(places: readonly Place[]): readonly EventCoverage[] {
    const from = isoOf(this.from);
    const to = isoOf(Math.min(this.to, this.settings.now - deliveryDelay));
    const why = `LookupEvents holds only management events of the last ${historyDays} days, and only events of ${[...this.asked].sort().join(', ')} were asked for`;
    return places
      .filter((place) => !this.refused.has(place) && from < to)
      .map(({ account: { accountId }, region }) => ({
        accountId,
        region,
        from,
        to,
        basis: 'lookup',
        holes: [{ from, to, why }],
      }));
  }

  private notAsked(places: readonly Place[], attributes: readonly Attribute[], why: string): void {
    const names = attributes.map(nameOf).join(', ');
    this.gaps.push(
      ...places.map((place) =>
        lookupGap(place, {
          reason: 'not-collected',
          detail: `not asked for ${names}: ${why}`,
          retryable: false,
        }),
      ),
    );
  }

  private async afterRound(): Promise<readonly Attribute[]> {
    const found = this.fresh.toSorted((left, right) =>
      left.time + left.id < right.time + right.id ? -1 : 1,
    );
    this.fresh = [];
    const wanted = found.filter(this.wants);
    if (wanted.length > 0) {
      await this.sink.events(wanted);
    }
    const more = this.settings.moreSeeds?.(found);
    return more === undefined
      ? []
      : attributesOf(more).filter((attribute) => !this.asked.has(nameOf(attribute)));
  }

  private async askPlace(place: Place, attributes: readonly Attribute[]): Promise<void> {
    for (const attribute of attributes) {
      if (this.refused.has(place)) {
        return;
      }
      await this.ask(place, attribute);
    }
  }

  private async ask(place: Place, attribute: Attribute): Promise<void> {
    const budget = this.settings.pagesPerRegion ?? defaultPages;
    const resource = nameOf(attribute);
    let token: string | undefined;
    let reached: string | null = null;
    for (;;) {
      if (place.pages >= budget) {
        const detail =
          reached === null
            ? `not asked: the budget of ${budget} pages was used up`
            : `truncated at ${reached}: the budget of ${budget} pages was used up, older events were not read`;
        this.gaps.push(lookupGap(place, { reason: 'truncated', resource, detail, retryable: true }));
        return;
      }
      place.pages += 1;
      this.lookups += 1;
      const answer = await place.account.reader.read(
        LookupEventsCommand,
        {
          LookupAttributes: [{ AttributeKey: attribute.key, AttributeValue: attribute.value }],
          StartTime: new Date(this.from),
          EndTime: new Date(this.to),
          MaxResults: pageSize,
          ...(token === undefined ? {} : { NextToken: token }),
        },
        { region: place.region, resource },
      );
      if (answer.kind !== 'value') {
        this.failed(place, answer.kind === 'gap' ? answer.gap : null, reached);
        return;
      }
      const texts = (answer.value.Events ?? []).map((event) => event.CloudTrailEvent ?? '');
      reached = this.take(place, texts) ?? reached;
      const next = answer.value.NextToken;
      if (next === undefined || next === token) {
        return;
      }
      token = next;
    }
  }

  private failed(place: Place, gap: Gap | null, reached: string | null): void {
    if (gap === null) {
      return;
    }
    const { partition, accountId } = place.account;
    const unit = regionUnit(partition, accountId, place.region);
    if (gap.reason === 'access-denied' || gap.reason === 'unreachable') {
      // The same answer would come to every other question here.
      this.refused.add(place);
    }
    const detail = reached === null ? gap.detail : `truncated at ${reached}: ${gap.detail}`;
    this.gaps.push({ ...gap, unit, detail, reason: reached === null ? gap.reason : 'truncated' });
  }

  /** Takes a page; tells the time of its oldest event. */
  private take(place: Place, texts: readonly string[]): string | null {
    let oldest = '';
    const file = `lookup:${place.account.accountId}/${place.region}`;
    for (const text of texts) {
      const index = this.records;
      this.records += 1;
      this.bytes += text.length;
      const record = parseRecord(text);
      const event = normalizeEvent(record, { file, index });
      if (!isEvent(event)) {
        this.unparsable += 1;
        this.gaps.push(lookupGap(place, { reason: 'malformed', detail: event.problem, retryable: false }));
        continue;
      }
      oldest = oldest === '' ? event.time : earlier(oldest, event.time);
      const [idA, idB] = textHash(event.id);
      const content = Number.parseInt(digestOf(JSON.parse(text)).slice(0, 8), 16) | 0;
      if (this.seen.sight(idA, idB, content) === 'duplicate') {
        this.duplicates += 1;
      } else {
        this.fresh.push(event);
        this.events.push(event);
      }
    }
    return oldest === '' ? null : oldest;
  }
}

function olderThanHistory(query: EventQuery, places: readonly Place[], now: number): readonly Gap[] {
  const oldest = isoOf(now - historyDays * day);
  return query.window === null || query.window.from >= oldest
    ? []
    : places.map((place) =>
        lookupGap(place, {
          reason: 'unsupported',
          detail: `LookupEvents reaches back to ${oldest} only: earlier events of the window need the trail's files`,
          retryable: false,
        }),
      );
}

/** CloudTrail's own event history, asked in every account and region: works without a trail, shows less than one. */
export function lookupSource(settings: LookupSettings): EventSource {
  return {
    name: 'lookup',
    async read(query, sink) {
      const places = settings.accounts
        .filter(({ accountId }) => query.accountIds?.includes(accountId) ?? true)
        .flatMap((account) => account.regions.map((region): Place => ({ account, region, pages: 0 })));
      const names = settings.eventNames ?? tellingEventNames;
      const first = [
        ...attributesOf(query.seeds),
        ...names.map((value): Attribute => ({ key: 'EventName', value })),
      ];
      const lookups = new Lookups(settings, query, sink);
      await lookups.follow(places, first);
      await lookups.finish();
      return {
        coverage: lookups.coverage(places),
        gaps: [...olderThanHistory(query, places, settings.now), ...lookups.gaps],
        counts: lookups.counts(),
      };
    },
  };
}
