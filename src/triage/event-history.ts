import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import type { AwsSession } from '../aws/clients.ts';
import type { Gap } from '../model/gap.ts';
import { regionUnit } from '../model/scope.ts';
import type { TriageLookup } from '../model/triage-result.ts';
import { type HistoryEvent, historyEvent } from './history-event.ts';
import { gapAt, type Probe, part, readerFor } from './probe.ts';

export interface HistorySeed {
  readonly attribute: TriageLookup['attribute'];
  readonly value: string;
  readonly mostPages: number;
}

/** What Event history gave; events are there even where a region broke off. */
export interface History {
  readonly events: readonly HistoryEvent[];
  readonly lookups: readonly TriageLookup[];
}

/** AWS: 50 events a page, newest first, the last 90 days, management events, two calls a second in each region. */
const pageSize = 50;

interface State {
  pages: number;
  complete: boolean;
  unreadable: number;
  readonly events: HistoryEvent[];
}

function broken(probe: Probe, state: State, seed: HistorySeed, gap: Gap): void {
  const oldest = state.events.at(-1)?.at;
  const kept = oldest === undefined ? '' : `; events since ${oldest} were read`;
  probe.gaps.push({ ...gap, resource: seed.value, detail: `${gap.detail}${kept}` });
}

async function readPages(
  probe: Probe,
  session: AwsSession,
  region: string,
  seed: HistorySeed,
  state: State,
): Promise<void> {
  const unit = regionUnit(probe.partition, session.accountId, region);
  const reader = readerFor(probe, session, unit, region);
  const input = {
    LookupAttributes: [{ AttributeKey: seed.attribute, AttributeValue: seed.value }],
    MaxResults: pageSize,
  };
  const tokens = new Set<string>();
  let token: string | undefined;
  for (;;) {
    const answer = await reader.read(
      LookupEventsCommand,
      token === undefined ? input : { ...input, NextToken: token },
      { resource: seed.value },
    );
    if (answer.kind !== 'value') {
      if (answer.kind === 'gap') {
        broken(probe, state, seed, answer.gap);
      }
      return;
    }
    state.pages += 1;
    for (const event of answer.value.Events ?? []) {
      const read = historyEvent(event);
      if (read === null) {
        state.unreadable += 1;
      } else {
        state.events.push(read);
      }
    }
    token = answer.value.NextToken;
    if (token === undefined || token === '') {
      state.complete = true;
      return;
    }
    if (tokens.has(token) || state.pages >= seed.mostPages) {
      const why = tokens.has(token)
        ? 'the service repeated a page token'
        : `there are more than ${state.events.length} events, and triage reads the newest ${seed.mostPages} pages`;
      broken(probe, state, seed, gapAt(unit, 'cloudtrail:LookupEvents', 'truncated', why));
      return;
    }
    tokens.add(token);
  }
}

async function lookup(
  probe: Probe,
  session: AwsSession,
  region: string,
  seed: HistorySeed,
): Promise<{ readonly events: readonly HistoryEvent[]; readonly lookup: TriageLookup }> {
  const unit = regionUnit(probe.partition, session.accountId, region);
  const state: State = { pages: 0, complete: false, unreadable: 0, events: [] };
  await part(probe, unit, `cloudtrail:LookupEvents ${seed.value}`, undefined, () =>
    readPages(probe, session, region, seed, state),
  );
  if (state.unreadable > 0) {
    const detail = `${state.unreadable} event(s) could not be understood`;
    probe.gaps.push(gapAt(unit, 'cloudtrail:LookupEvents', 'malformed', detail));
  }
  return {
    events: state.events,
    lookup: {
      seed: seed.value,
      attribute: seed.attribute,
      region,
      pages: state.pages,
      events: state.events.length,
      complete: state.complete && state.unreadable === 0,
      oldestAt: state.events.at(-1)?.at ?? null,
    },
  };
}

/** Looks for every seed in every region at once; the rate budget keeps each region below its two calls a second. */
export async function readHistory(
  probe: Probe,
  session: AwsSession,
  regions: readonly string[],
  seeds: readonly HistorySeed[],
): Promise<History> {
  const answers = await Promise.all(
    seeds.flatMap((seed) => regions.map((region) => lookup(probe, session, region, seed))),
  );
  const events = new Map(answers.flatMap((answer) => answer.events).map((event) => [event.id, event]));
  return { events: [...events.values()], lookups: answers.map((answer) => answer.lookup) };
}
