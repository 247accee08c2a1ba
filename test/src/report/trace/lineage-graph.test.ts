import { describe, expect, test } from '@jest/globals';
import type { Lineage } from '../../../../src/model/lineage.ts';
import { lineageDrawing } from '../../../../src/report/graph/lineage-drawing.ts';
import { lineageTree } from '../../../../src/report/graph/lineage-tree.ts';
import { survivalOf } from '../../../../src/report/graph/node-wording.ts';
import { fitEnd, fitMiddle, textColumns } from '../../../../src/report/graph/text-width.ts';
import { roundStep, timeScale } from '../../../../src/report/graph/time-scale.ts';
import { timelineDrawing } from '../../../../src/report/graph/timeline-drawing.ts';
import { timelineLanes } from '../../../../src/report/graph/timeline-lanes.ts';
import { treeRows } from '../../../../src/report/graph/tree-rows.ts';
import { fromActs, largeTrace, leakedKey, traceFixture, traceNode } from '../../../support/trace-fixture.ts';

const { lineage } = traceFixture();
const tree = lineageTree(lineage);

function shuffled(value: Lineage): Lineage {
  return {
    nodes: value.nodes.toReversed(),
    edges: value.edges.toReversed(),
    events: value.events.toReversed(),
  };
}

function circle(): Lineage {
  const session = (id: string) => traceNode({ id, kind: 'session', type: 'assumed-role-session' });
  const assume = (at: string, from: string, to: string) =>
    ({ at, from, to, relation: 'assumed', action: 'sts:AssumeRole' }) as const;
  const { edges, events } = fromActs([
    assume('09:30:00', 'a', 'b'),
    assume('09:31:00', 'b', 'c'),
    assume('09:32:00', 'c', 'a'),
    assume('09:33:00', 'seed', 'a'),
    assume('09:34:00', 'c', 'c'),
    assume('09:35:00', 'x', 'y'),
    assume('09:36:00', 'y', 'x'),
  ]);
  return {
    nodes: [
      traceNode({ id: 'seed', kind: 'credential', type: 'access-key', seed: true }),
      ...['a', 'b', 'c', 'x', 'y'].map(session),
    ],
    edges: [...edges],
    events: [...events],
  };
}

describe('the tree', () => {
  const rows = treeRows(tree);
  const whole = rows.filter((row) => !row.repeated);
  const parentOf = (label: string): string | undefined => {
    const node = whole.find((row) => row.node.label === label)?.node;
    return tree.nodes.get(tree.parents.get(node?.id ?? '') ?? '')?.label;
  };

  test('writes every node out exactly once', () => {
    expect(whole.map((row) => row.node.id).sort()).toEqual(lineage.nodes.map((node) => node.id).sort());
  });

  test('begins at the leaked key', () => {
    expect(rows[0]?.node.id).toBe(leakedKey);
    expect(tree.roots).toEqual([leakedKey]);
  });

  test('tells the way from the key to the users that the function made', () => {
    const way: string[] = [];
    for (let label: string | undefined = 'AKIASYSA91FEXAMPLE01'; label !== undefined; ) {
      way.unshift(label);
      label = parentOf(label);
    }
    expect(way).toEqual([
      leakedKey,
      'federated user dev',
      'console of dev',
      'lambda-basic-execution-role',
      'health-check',
      'health-check as its role',
      'sys-a91f',
      'AKIASYSA91FEXAMPLE01',
    ]);
  });

  test('keeps done and attempted apart', () => {
    const trail = rows.find((row) => row.node.label === 'org-trail');
    expect(trail?.links.map((link) => link.outcome)).toEqual(['attempted', 'done'].sort().toReversed());
  });

  test('does not depend on the order of its input', () => {
    expect(treeRows(lineageTree(shuffled(lineage)))).toEqual(rows);
  });

  test('cuts circles where another maker is known, and loses nobody', () => {
    const cut = lineageTree(circle());
    expect(cut.parents.get('a')).toBe('seed');
    expect(cut.roots).toEqual(['seed', 'x']);
    const cutRows = treeRows(cut);
    expect(cutRows.filter((row) => !row.repeated)).toHaveLength(6);
    expect(cutRows.filter((row) => row.repeated).map((row) => row.node.id)).toEqual(['a', 'c', 'x']);
  });

  test('ignores edges that lead nowhere', () => {
    const { edges } = fromActs([
      { at: '09:00:00', from: leakedKey, to: 'nobody', relation: 'created', action: 'iam:CreateUser' },
    ]);
    const loose = lineageTree({ ...lineage, edges: [...edges] });
    expect(loose.links).toEqual([]);
    expect(loose.roots).toHaveLength(lineage.nodes.length);
  });
});

describe('what outlives the key', () => {
  const kindOf = (label: string) => {
    const node = lineage.nodes.find((candidate) => candidate.label === label);
    return node === undefined ? undefined : survivalOf(tree, node);
  };

  test.each([
    ['svc-backup', 'lives-on'],
    ['federated user dev', 'lives-on'],
    [leakedKey, 'ends'],
    ['tmp-deploy-check', 'gone'],
    ['ASIALEADSESSIONEX001', null],
    [`${leakedKey} from 203.0.113.10`, null],
  ] as const)('%s', (label, kind) => {
    expect(kindOf(label)).toBe(kind);
  });

  test('what nobody answered is unknown, never fine', () => {
    const node = traceNode({ id: 'u', kind: 'principal', type: 'iam-user', intruderMade: true });
    expect(survivalOf(lineageTree({ nodes: [node], edges: [], events: [] }), node)).toBe('unknown');
  });

  test('what was only attempted does not exist', () => {
    const node = traceNode({ id: 'u', kind: 'principal', type: 'iam-user' });
    const { edges, events } = fromActs([
      {
        at: '09:00:00',
        from: 'k',
        to: 'u',
        relation: 'created',
        action: 'iam:CreateUser',
        denied: 'AccessDenied',
      },
    ]);
    const key = traceNode({ id: 'k', kind: 'credential', type: 'access-key', seed: true });
    const attempt = { nodes: [key, node], edges: [...edges], events: [...events] };
    expect(survivalOf(lineageTree(attempt), node)).toBeNull();
    const drawing = lineageDrawing(lineageTree(attempt));
    expect(drawing.boxes[1]?.look).toContain('node-attempted');
    expect(drawing.boxes[1]?.note).toContain('attempted');
    expect(drawing.arrows[0]?.look).toContain('arrow-attempted');
  });
});

describe('the drawing', () => {
  const drawing = lineageDrawing(tree);

  test('has a box for every node and lays none over another', () => {
    expect(drawing.boxes).toHaveLength(lineage.nodes.length);
    expect(drawing.collapsed).toBeNull();
    for (const [index, box] of drawing.boxes.entries()) {
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.y + box.height).toBeLessThanOrEqual(drawing.height);
      for (const other of drawing.boxes.slice(index + 1)) {
        const apart =
          box.x + box.width <= other.x ||
          other.x + other.width <= box.x ||
          box.y + box.height <= other.y ||
          other.y + other.height <= box.y;
        expect(apart).toBe(true);
      }
    }
  });

  test('says in words what it shows in shapes', () => {
    const box = (label: string) => drawing.boxes.find((candidate) => candidate.label === label);
    expect(box('tmp-deploy-check')).toMatchObject({ note: 'deleted · IAM role' });
    expect(box('tmp-deploy-check')?.look).toContain('node-deleted');
    expect(box(leakedKey)).toMatchObject({ note: 'named · Access key', seed: true });
    expect(box('AKIAJQ3ZK5EXAMPLE0002')?.note).toBe('never used · Access key');
    expect(box('ASIALEADSESSIONEX001')?.note).toContain('lead');
    expect(drawing.arrows.filter(({ look }) => look.includes('arrow-attempted'))).toHaveLength(1);
  });

  test('is the same for the same lineage in another order', () => {
    expect(lineageDrawing(lineageTree(shuffled(lineage)))).toEqual(drawing);
  });

  test('draws alike things of one maker together and says so', () => {
    const large = lineageDrawing(lineageTree(largeTrace(500).lineage));
    expect(large.boxes.length).toBeLessThanOrEqual(80);
    const group = large.boxes.find(({ several }) => several);
    expect(group?.label).toBe('229 × IAM user');
    expect(group?.note).toBe('IAM user · 229 under them');
    expect(large.collapsed).toBe('458 things are drawn together with others of their kind and maker');
    expect(large.width).toBeLessThan(2_200);
  });

  test('counts what no grouping makes fit', () => {
    const nodes = Array.from({ length: 300 }, (_, index) =>
      traceNode({ id: `t${index}`, kind: 'resource', type: `type-${index}` }),
    );
    const many = lineageDrawing(lineageTree({ nodes, edges: [], events: [] }));
    expect(many.boxes).toHaveLength(80);
    expect(many.collapsed).toBe('220 more are not drawn');
  });

  test('an empty lineage is an empty drawing', () => {
    const none = lineageDrawing(lineageTree({ nodes: [], edges: [], events: [] }));
    expect(none.boxes).toEqual([]);
    expect(Number.isFinite(none.width)).toBe(true);
  });
});

describe('the timeline', () => {
  const lanes = timelineLanes(lineage, tree);

  test('gives each event to who acted, not to whom it belongs', () => {
    expect(lanes.reduce((sum, lane) => sum + lane.events.length, 0)).toBe(lineage.events.length);
    expect(lanes.map((lane) => lane.label)).toContain('console of dev');
    expect(lanes.find((lane) => lane.label === 'svc-backup')).toBeUndefined();
  });

  test('places events, milestones, window and holes in order', () => {
    const drawing = timelineDrawing({
      lanes,
      window: { from: '2026-11-03T09:10:00Z', to: '2026-11-03T11:40:00Z' },
      milestones: [
        { name: 'contained', time: '2026-11-03T11:40:00Z' },
        { name: 'detected', time: '2026-11-03T11:05:00Z' },
        { name: 'broken', time: 'yesterday' },
      ],
      holes: [{ from: '2026-11-03T10:10:00Z', to: '2026-11-03T10:50:00Z', where: '111122223333/us-east-1' }],
    });
    expect(drawing?.milestones.map(({ text }) => text)).toEqual(['detected 11:05', 'contained 11:40']);
    expect(drawing?.bands.map(({ look }) => look)).toEqual(['window', 'hole']);
    for (const lane of drawing?.lanes ?? []) {
      const places = lane.marks.map(({ x }) => x);
      expect(places).toEqual([...places].sort((left, right) => left - right));
      expect(Math.max(...places)).toBeLessThanOrEqual(drawing?.width ?? 0);
    }
    expect(drawing?.lanes.flatMap(({ marks }) => marks).filter(({ look }) => look === 'failed')).toHaveLength(
      1,
    );
  });

  test('without readable times there is nothing to place', () => {
    const events = lineage.events.map((event) => ({ ...event, eventTime: 'never' }));
    const broken = timelineLanes({ ...lineage, events }, tree);
    expect(timelineDrawing({ lanes: broken, window: null, milestones: [], holes: [] })).toBeNull();
  });

  test('draws long quiet stretches short and keeps the order', () => {
    const hour = 3_600_000;
    const scale = timeScale([0, hour, 2 * hour, 100 * hour, 101 * hour], 0, 1000);
    expect(scale.breaks).toEqual([{ from: 2 * hour, to: 100 * hour }]);
    const places = [0, 1, 2, 50, 100, 101].map((time) => scale.place(time * hour));
    expect(places).toEqual([...places].sort((left, right) => left - right));
    expect(places[0]).toBe(0);
    expect(places.at(-1)).toBeCloseTo(1000);
    expect(timeScale([5], 0, 100).place(5)).toBe(50);
    expect(roundStep(60 * 60_000, 9)).toBe(10 * 60_000);
  });
});

test('texts are cut by columns, never inside of a character', () => {
  expect(textColumns('東京a')).toBe(5);
  expect(fitEnd('abcdef', 4)).toBe('abc…');
  expect(fitMiddle('abcdefghij', 6)).toBe('abc…ij');
  expect(fitMiddle('🦊🦊🦊🦊', 5)).toBe('🦊…🦊'.slice(0, 3));
});
