import { describe, expect, test } from '@jest/globals';
import type { ResultFinding } from '../../../../src/model/audit-result.ts';
import { trailActions } from '../../../../src/plan/actions/trails.ts';
import { trustedServiceActions } from '../../../../src/plan/actions/trusted-services.ts';
import {
  allCommands,
  argvOf,
  findingAt,
  keysOf,
  management,
  member,
  operationsOf,
  type proofs,
  stepOf,
  stepsOf,
} from './identity-fixture.ts';
import { hostileName, order } from './workload-fixture.ts';

const arn = `arn:aws:cloudtrail:eu-west-1:${management}:trail/main`;
const trail = { arn, type: 'trail', name: 'main' };
const account = { arn: `arn:aws:iam::${member}:root`, type: 'account', name: member };

function restore(
  fields: Partial<ResultFinding>,
  proof: keyof typeof proofs = 'restore',
  given: Parameters<typeof stepsOf>[3] = {},
) {
  return stepsOf(trailActions['trail.restore'], 'trail.restore', findingAt(trail, proof, fields), given);
}

describe('trail.restore', () => {
  test('starts a stopped trail before containment, in its home region and account', () => {
    const steps = restore({ check: 'eyes/stopped-trail', messageId: 'blind' }, 'unprovedRestore');
    expect(order(steps)).toEqual([`preserve:${arn}`, `restore:${arn}#logging`]);
    const step = stepOf(steps, `restore:${arn}#logging`);
    expect(step).toMatchObject({ stage: 'lights-on', region: 'eu-west-1', accountId: management });
    expect(argvOf(step.commands)).toEqual([['cloudtrail', 'start-logging', '--name', arn]]);
    expect(argvOf(step.undo)).toEqual([['cloudtrail', 'stop-logging', '--name', arn]]);
    expect(step.preconditions).toEqual([
      {
        fact: 'it still is this trail',
        argv: ['cloudtrail', 'get-trail', '--name', arn, '--query', 'Trail.TrailARN', '--output', 'text'],
        compare: 'text',
        expected: arn,
      },
    ]);
    expect(step.confirm).toEqual([expect.objectContaining({ expected: 'True' })]);
    expect(stepOf(steps, `preserve:${arn}`).cautions.join(' ')).toContain('90 days');
  });

  test('writes back the selectors that an event told, as requests write them', () => {
    const steps = restore({ check: 'eyes/narrowed-trail', messageId: 'writeOnly' }, 'restore', {
      priorStates: [
        {
          arn,
          what: 'event-selectors',
          part: '',
          value:
            '{"advancedEventSelectors":[{"fieldSelectors":[{"equals":["Management"],"field":"eventCategory"}],"name":"all"}]}',
          at: '2026-01-01T00:00:00Z',
          eventId: 'e-1',
        },
      ],
    });
    const step = stepOf(steps, `restore:${arn}#selectors`);
    expect(argvOf(step.commands)).toEqual([
      [
        'cloudtrail',
        'put-event-selectors',
        '--trail-name',
        arn,
        '--advanced-event-selectors',
        '[{"FieldSelectors":[{"Equals":["Management"],"Field":"eventCategory"}],"Name":"all"}]',
      ],
    ]);
    expect(step.cautions.join(' ')).toContain('event e-1');
    expect(step.cautions.join(' ')).toContain('replaces all');
  });

  test('writes basic selectors back as well', () => {
    const steps = restore({ check: 'eyes/narrowed-trail' }, 'restore', {
      priorStates: [
        {
          arn,
          what: 'event-selectors',
          part: '',
          value: '{"eventSelectors":[{"includeManagementEvents":true,"readWriteType":"All"}]}',
          at: '2026-01-01T00:00:00Z',
          eventId: 'e-1',
        },
      ],
    });
    expect(argvOf(stepOf(steps, `restore:${arn}#selectors`).commands)[0]?.slice(-2)).toEqual([
      '--event-selectors',
      '[{"IncludeManagementEvents":true,"ReadWriteType":"All"}]',
    ]);
  });

  test.each(['', '{}', '{"eventSelectors":[]}', 'null'])(
    'without known selectors (%j) records all management events where the change is proved',
    (value) => {
      const steps = restore({ check: 'eyes/narrowed-trail' }, 'restore', {
        priorStates: [{ arn, what: 'event-selectors', part: '', value, at: '', eventId: 'e' }],
      });
      expect(argvOf(stepOf(steps, `restore:${arn}#selectors`).commands)[0]?.slice(-2)).toEqual([
        '--event-selectors',
        '[{"ReadWriteType":"All","IncludeManagementEvents":true,"DataResources":[]}]',
      ]);
    },
  );

  test.each(['eyes/narrowed-trail', 'eyes/limited-trail'])(
    'asks about %s where nothing shows a change',
    (check) => {
      const steps = restore({ check, messageId: 'singleRegion' }, 'unprovedRestore');
      expect(steps.filter(({ stage, commands }) => stage !== 'preserve' && commands.length > 0)).toEqual([]);
      expect(steps.at(-1)?.stage).toBe('recover');
    },
  );

  test.each([
    ['singleRegion', 'regions', '--is-multi-region-trail', '--no-is-multi-region-trail'],
    [
      'withoutGlobalEvents',
      'global',
      '--include-global-service-events',
      '--no-include-global-service-events',
    ],
    ['accountOnly', 'organization', '--is-organization-trail', '--no-is-organization-trail'],
  ])('sets the flag that %s lost', (messageId, part, flag, undone) => {
    const step = stepOf(restore({ check: 'eyes/limited-trail', messageId }), `restore:${arn}#${part}`);
    expect(argvOf(step.commands)).toEqual([['cloudtrail', 'update-trail', '--name', arn, flag]]);
    expect(argvOf(step.undo)).toEqual([['cloudtrail', 'update-trail', '--name', arn, undone]]);
  });

  test('widens to the organization only after trusted access is back', () => {
    const steps = [
      ...restore({ check: 'eyes/limited-trail', messageId: 'accountOnly' }),
      ...stepsOf(
        trustedServiceActions['trusted-service.enable'],
        'trusted-service.enable',
        findingAt(account, 'restore', { check: 'eyes/unseen-organization-trail' }),
      ),
    ];
    expect(order(steps)).toEqual([
      `preserve:${arn}`,
      'restore:cloudtrail.amazonaws.com',
      'restore:cloudtrail.amazonaws.com#afterwards',
      `restore:${arn}#organization`,
    ]);
  });

  test('turns validation on', () => {
    const step = stepOf(restore({ check: 'eyes/unvalidated-trail' }), `restore:${arn}#validation`);
    expect(operationsOf(step)).toEqual(['update-trail']);
    expect(step.commands[0]?.argv.at(-1)).toBe('--enable-log-file-validation');
    expect(step.cautions.join(' ')).toContain('chain of digests');
  });

  test.each([
    ['eyes/failing-delivery', 'delivery'],
    ['eyes/foreign-trail', 'owner'],
    ['eyes/interrupted-trail', 'settings'],
  ])('%s is repaired by hand', (check, part) => {
    const step = stepOf(restore({ check }), `restore:${arn}#${part}`);
    expect(step.commands).toEqual([]);
    expect(step.manual).not.toBeNull();
  });

  test('a deleted trail is made again by hand', () => {
    const steps = restore({ check: 'eyes/deleted-trail' });
    expect(keysOf(steps)).toEqual([`restore:${arn}#eyes/deleted-trail`]);
    expect(steps[0]?.manual).toContain('create-trail');
  });

  test.each([
    'eyes/missing-trail',
    'eyes/missing-multi-region-trail',
    'eyes/missing-organization-trail',
    'eyes/unseen-organization-trail',
  ])('%s says what to make', (check) => {
    const steps = stepsOf(
      trailActions['trail.restore'],
      'trail.restore',
      findingAt(account, 'restore', { check }),
    );
    expect(steps).toHaveLength(1);
    expect(steps[0]).toMatchObject({ stage: 'lights-on', commands: [] });
    expect(steps[0]?.cautions.join(' ')).toContain('90 days');
  });

  test.each(['eradicate', 'explain', 'rotate', 'harden'] as const)('does nothing for %s', (proof) => {
    expect(restore({ check: 'eyes/stopped-trail' }, proof)).toEqual([]);
  });

  test('a hostile ARN stays one argument', () => {
    const odd = `arn:aws:cloudtrail:eu-west-1:${management}:trail/${hostileName.replaceAll('\n', '')}`;
    const steps = stepsOf(
      trailActions['trail.restore'],
      'trail.restore',
      findingAt({ arn: odd, type: 'trail', name: hostileName }, 'restore', { check: 'eyes/stopped-trail' }),
    );
    const values = allCommands(steps)
      .flat()
      .filter((value) => value.includes('touch'));
    expect(new Set(values)).toEqual(new Set([odd]));
  });
});
