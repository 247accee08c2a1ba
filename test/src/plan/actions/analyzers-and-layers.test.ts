import { describe, expect, test } from '@jest/globals';
import { contentDigest } from '../../../../src/model/content-digest.ts';
import { analyzerActions } from '../../../../src/plan/actions/analyzers.ts';
import { layerActions } from '../../../../src/plan/actions/layers.ts';
import {
  argvOf,
  deletions,
  findingAt,
  findingOn,
  keysOf,
  management,
  member,
  operationsOf,
  stepOf,
  stepsOf,
} from './identity-fixture.ts';
import { buildFunction, order, region } from './workload-fixture.ts';

describe('analyzer.recreate', () => {
  const arn = `arn:aws:access-analyzer:${region}:${management}:analyzer/organization`;
  const analyzer = { arn, type: 'analyzer', name: 'organization' };

  test('saves findings and archive rules before anybody touches an analyzer', () => {
    const steps = stepsOf(
      analyzerActions['analyzer.recreate'],
      'analyzer.recreate',
      findingAt(analyzer, 'restore'),
    );
    expect(order(steps)).toEqual([`preserve:${arn}`, `restore:${arn}`]);
    expect(operationsOf(stepOf(steps, `preserve:${arn}`))).toEqual([
      'get-analyzer',
      'list-findings-v2',
      'list-archive-rules',
    ]);
    expect(stepOf(steps, `preserve:${arn}`).permissions).toEqual([
      'access-analyzer:GetAnalyzer',
      'access-analyzer:ListArchiveRules',
      'access-analyzer:ListFindingsV2',
    ]);
    expect(stepOf(steps, `restore:${arn}`).after).toContain('restore:access-analyzer.amazonaws.com');
    expect(deletions(steps)).toEqual([]);
  });

  test('creates one where a region has none', () => {
    const inRegion = (accountId: string) =>
      stepsOf(
        analyzerActions['analyzer.recreate'],
        'analyzer.recreate',
        findingAt(
          {
            arn: `arn:aws:account::${accountId}:region/${region}`,
            type: 'region',
            name: region,
            accountId,
            region,
          },
          'harden',
        ),
      );
    expect(argvOf(inRegion(member).flatMap(({ commands }) => commands))).toEqual([
      [
        'accessanalyzer',
        'create-analyzer',
        '--analyzer-name',
        'afterleak-external-access',
        '--type',
        'ACCOUNT',
      ],
    ]);
    expect(inRegion(member)[0]).toMatchObject({ stage: 'harden', region, accountId: member });
    expect(inRegion(management)[0]?.commands[0]?.argv.at(-1)).toBe('ORGANIZATION');
  });

  test('waits for an owner', () => {
    expect(
      stepsOf(analyzerActions['analyzer.recreate'], 'analyzer.recreate', findingAt(analyzer, 'explain')),
    ).toEqual([]);
  });
});

describe('function-layer.remove', () => {
  const own = `arn:aws:lambda:${region}:${member}:layer:tools:3`;
  const foreign = `arn:aws:lambda:${region}:777788889999:layer:logger:1`;
  const target = buildFunction({ layerArns: [own, foreign] });
  const fields = {
    check: 'endpoints/foreign-layer',
    message: `collector uses ${foreign} of account 777788889999, which is not in the organization.`,
  };

  test('gives the function its other layers, in their order', () => {
    const steps = stepsOf(
      layerActions['function-layer.remove'],
      'function-layer.remove',
      findingOn(target, 'restore', fields),
      { dependents: [target] },
    );
    const step = stepOf(steps, `restore:${target.arn}#layers`);
    expect(argvOf(step.commands)).toEqual([
      [
        'lambda',
        'update-function-configuration',
        '--function-name',
        'collector',
        '--layers',
        JSON.stringify([own]),
      ],
    ]);
    expect(argvOf(step.undo)[0]?.at(-1)).toBe(JSON.stringify([own, foreign]));
    expect(step.preconditions.at(-1)).toMatchObject({
      compare: 'digest',
      expected: contentDigest(JSON.stringify([own, foreign])),
    });
    expect(step.cautions.join(' ')).toContain('read, edit, write');
  });

  test.each([
    ['no event proves it', 'unprovedRestore', target],
    ['the order of the layers is not known', 'restore', buildFunction()],
  ] as const)('asks where %s', (_, proof, one) => {
    const steps = stepsOf(
      layerActions['function-layer.remove'],
      'function-layer.remove',
      findingOn(one, proof, fields),
      { dependents: [one] },
    );
    expect(stepOf(steps, `restore:${one.arn}#layers by hand`).commands).toEqual([]);
  });
});

describe('layer.restrict-policy', () => {
  const layer = {
    arn: `arn:aws:lambda:${region}:${member}:layer:tools`,
    type: 'lambda-layer',
    name: 'tools',
  };

  test('saves the versions, and says that copies stay with whoever took them', () => {
    const steps = stepsOf(
      layerActions['layer.restrict-policy'],
      'layer.restrict-policy',
      findingAt(layer, 'restore'),
    );
    expect(keysOf(steps)).toEqual([`preserve:${layer.arn}`, `restore:${layer.arn}#sharing`]);
    expect(steps.at(-1)?.cautions.join(' ')).toContain('recalls no copy');
    expect(steps.at(-1)?.region).toBe(region);
  });

  test('is a ticket where it is merely weak', () => {
    const steps = stepsOf(
      layerActions['layer.restrict-policy'],
      'layer.restrict-policy',
      findingAt(layer, 'harden'),
    );
    expect(steps.map(({ stage }) => stage)).toEqual(['harden']);
  });
});
