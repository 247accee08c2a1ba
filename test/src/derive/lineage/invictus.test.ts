import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import type { TracedEvents } from '../../../../src/derive/lineage/trace-lineage.ts';
import type { LineageEdge, LineageNode } from '../../../../src/model/lineage.ts';
import type { TrailEvent } from '../../../../src/model/trail-event.ts';
import { incidentOf, trace } from '../../../fixtures/lineage/incidents.ts';
import { dataPath, eventsOfFolder } from '../../../fixtures/lineage/load-data.ts';

const folder = dataPath('invictus', 'CloudTrail');
const expectedFile = dataPath('invictus', 'expected.json');

const expectedSchema = z.object({
  rootKey: z.string(),
  rootUser: z.string(),
  innocentUser: z.string(),
  events: z.number(),
  created: z.array(
    z.object({
      event: z.string(),
      time: z.string(),
      eventID: z.string(),
      id: z.union([z.string(), z.array(z.string())]),
      deleted_at: z.string().optional(),
    }),
  ),
  grants: z.array(z.object({ event: z.string(), eventID: z.string(), target: z.string() })),
  minted: z.array(
    z.object({ eventID: z.string(), key: z.string(), session: z.string(), uses_seen: z.number() }),
  ),
  tampering: z.array(z.object({ event: z.string(), eventID: z.string(), error: z.string().nullable() })),
  roleSessionsUsed: z.array(z.object({ key: z.string(), events: z.number(), denied: z.number() })),
});

interface Case {
  readonly expected: z.infer<typeof expectedSchema>;
  readonly events: readonly TrailEvent[];
  readonly traced: TracedEvents;
}

function load(): Case | null {
  if (folder === null || expectedFile === null) {
    return null;
  }
  const expected = expectedSchema.parse(JSON.parse(readFileSync(expectedFile, 'utf8')));
  const events = eventsOfFolder(folder);
  return { expected, events, traced: trace(events, incidentOf([expected.rootKey])) };
}

const loaded = load();

function edgesOf(traced: TracedEvents, eventId: string): readonly LineageEdge[] {
  return traced.lineage.edges.filter(({ eventIds }) => eventIds.includes(eventId));
}

function node(traced: TracedEvents, id: string): LineageNode | undefined {
  return traced.lineage.nodes.find((candidate) => candidate.id === id);
}

function ids(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}

function deletionRecorded(events: readonly TrailEvent[], id: string): boolean {
  const name = `"${id.split('/').at(-1)}"`;
  const takenApart = new Set(['DeleteRolePolicy', 'DeleteBucketLifecycle', 'DeletePolicyVersion']);
  return events.some(
    (event) =>
      /^(?:Delete|Terminate)/.test(event.name) &&
      !takenApart.has(event.name) &&
      event.errorCode === null &&
      JSON.stringify(event.request)
        .replaceAll(/"arn:[^"]*\//g, '"')
        .includes(name),
  );
}

describe('the real log of one leaked key', () => {
  test('every record is read', () => {
    expect(loaded === null || loaded.events.length === loaded.expected.events).toBe(true);
  });

  test('what it created, each by the key and each marked deleted when it was', () => {
    for (const created of loaded?.expected.created ?? []) {
      const traced = loaded?.traced;
      const edges = traced === undefined ? [] : edgesOf(traced, created.eventID);
      const making = edges.filter(({ relation, outcome }) => relation === 'created' && outcome === 'done');
      expect({ id: created.id, from: making.map(({ from }) => from) }).toEqual({
        id: created.id,
        from: ids(created.id).map(() => loaded?.expected.rootKey),
      });
      for (const edge of making) {
        const made = traced === undefined ? undefined : node(traced, edge.to);
        const name = ids(created.id).find((id) => made?.arn === id || made?.label === id);
        expect(name).toBeDefined();
        expect(made).toMatchObject({ intruderMade: true, standing: 'tainted' });
        // Half of the deletions that the truth knows lie in files that are not part of the set.
        const isRecorded = deletionRecorded(loaded?.events ?? [], name ?? '');
        expect({ name, deleted: made?.deleted }).toEqual({ name, deleted: isRecorded });
        expect(
          !isRecorded || Date.parse(made?.deletedAt ?? '') === Date.parse(created.deleted_at ?? ''),
        ).toBe(true);
      }
    }
  });

  test('rights given are changes of the role, done', () => {
    for (const grant of loaded?.expected.grants ?? []) {
      const edges = loaded === null ? [] : edgesOf(loaded.traced, grant.eventID);
      expect(
        edges.some(
          ({ relation, outcome, to }) =>
            relation === 'changed' && outcome === 'done' && to.includes(grant.target),
        ),
      ).toBe(true);
    }
  });

  test('every minted session is listed, used or not', () => {
    for (const minted of loaded?.expected.minted ?? []) {
      const session = loaded === null ? undefined : node(loaded.traced, minted.key);
      expect(session).toMatchObject({
        kind: 'session',
        intruderMade: true,
        used: minted.uses_seen > 0 ? true : null,
      });
      // The log is of 2023: every session had ended long before the time of this reading.
      expect(session?.survivesKeyRevocation).toMatchObject({ answer: 'no', until: expect.any(String) });
      const activity = loaded?.traced.activity.find(({ node: id }) => id === minted.key);
      expect(activity?.calls ?? 0).toBe(minted.uses_seen);
    }
  });

  test('done and attempted tampering are told apart', () => {
    for (const tampering of loaded?.expected.tampering ?? []) {
      const edges = loaded === null ? [] : edgesOf(loaded.traced, tampering.eventID);
      expect({ ...tampering, outcomes: edges.map(({ outcome }) => outcome) }).toEqual({
        ...tampering,
        outcomes: [tampering.error === null ? 'done' : 'attempted'],
      });
    }
    const stopped =
      loaded?.traced.lineage.edges.filter(({ action }) => action === 'cloudtrail:StopLogging') ?? [];
    expect(stopped.every(({ outcome }) => outcome === 'attempted')).toBe(true);
  });

  test('sessions of instances it started hang on the instance', () => {
    for (const used of loaded?.expected.roleSessionsUsed ?? []) {
      const traced = loaded?.traced;
      const activity = traced?.activity.filter(({ standing }) => standing === 'tainted') ?? [];
      const counted = activity.some(
        ({ credential, node: id }) =>
          credential === used.key || id === used.key || id.includes('assumed-role'),
      );
      expect(counted).toBe(true);
    }
  });

  test('the innocent user and AWS services are untouched', () => {
    const traced = loaded?.traced;
    const innocent = loaded?.expected.innocentUser ?? 'nobody';
    expect(traced?.lineage.events.filter(({ actorArn }) => actorArn.endsWith(innocent)) ?? []).toEqual([]);
    const named = (traced?.lineage.nodes ?? []).filter(({ id, label }) =>
      `${id} ${label}`.includes(innocent),
    );
    expect(named).toEqual([]);
    const services = (traced?.lineage.nodes ?? []).filter(({ label }) => label.includes('AWSServiceRole'));
    expect(services).toEqual([]);
  });

  test('the order and the number of copies of the records do not matter', () => {
    if (loaded !== null) {
      const reversed = [...loaded.events].reverse();
      const again = trace(reversed, incidentOf([loaded.expected.rootKey]));
      expect(again).toEqual(loaded.traced);
      const lineageTwice = trace(
        [...loaded.events, ...reversed],
        incidentOf([loaded.expected.rootKey]),
      ).lineage;
      expect(lineageTwice).toEqual(loaded.traced.lineage);
    }
  });
});
