import { describe, expect, test } from '@jest/globals';
import { apiActions } from '../../../../src/plan/actions/apis.ts';
import {
  allCommands,
  argvOf,
  buildLineage,
  deletions,
  findingAt,
  findingOn,
  keysOf,
  member,
  operationsOf,
  stepOf,
  stepsOf,
} from './identity-fixture.ts';
import {
  buildFunction,
  buildHttpApi,
  buildRestApi,
  hostileName,
  madeNode,
  order,
  permission,
  region,
} from './workload-fixture.ts';

const target = buildFunction({
  permissions: [
    permission('from-front', {
      Principal: { Service: 'apigateway.amazonaws.com' },
      Condition: {
        ArnLike: { 'AWS:SourceArn': `arn:aws:execute-api:${region}:${member}:a1b2c3d4e5/*/POST/run` },
      },
    }),
    permission('from-another', {
      Principal: { Service: 'apigateway.amazonaws.com' },
      Condition: { ArnLike: { 'AWS:SourceArn': `arn:aws:execute-api:${region}:${member}:zzz/*` } },
    }),
  ],
});
const domainArn = `arn:aws:apigateway:${region}::/domainnames/api.example.com`;
const rest = buildRestApi({
  stages: ['prod', 'test'],
  mappings: [
    { domainName: 'api.example.com', path: '', stage: 'prod' },
    { domainName: 'api.example.com', path: 'v1/deep', stage: 'prod' },
  ],
});
const http = buildHttpApi({ mappings: [{ domainName: 'api.example.com', path: 'door', stage: '$default' }] });

describe('api.delete of a REST API', () => {
  const steps = stepsOf(apiActions['api.delete'], 'api.delete', findingOn(rest, 'eradicate'), {
    dependents: [rest, target],
    lineage: buildLineage([madeNode({ arn: domainArn, type: 'domain-name' })]),
  });

  test('saves, stops calls, takes mappings, stages, then the API', () => {
    expect(order(steps)).toEqual([
      `preserve:${rest.arn}`,
      `contain:${rest.arn}`,
      `delete:${rest.arn}#mappings`,
      `delete:${domainArn}`,
      `delete:${rest.arn}#stages`,
      `delete:${rest.arn}`,
      `delete:${target.arn}/permission/$LATEST/from-front`,
    ]);
    expect(keysOf(steps)).not.toContain(`delete:${target.arn}/permission/$LATEST/from-another`);
  });

  test('exports every stage into the saved answer alone', () => {
    const saved = stepOf(steps, `preserve:${rest.arn}`);
    expect(operationsOf(saved)).toEqual([
      'get-rest-api',
      'get-stages',
      'get-deployments',
      'get-authorizers',
      'get-resources',
      'get-export',
      'get-export',
    ]);
    expect(saved.commands.at(-1)).toMatchObject({
      argv: [
        'apigateway',
        'get-export',
        '--rest-api-id',
        'a1b2c3d4e5',
        '--stage-name',
        'test',
        '--export-type',
        'oas30',
        '--parameters',
        '{"extensions":"integrations,authorizers"}',
        '/dev/stdout',
        '--query',
        '`{}`',
      ],
    });
    const names = saved.commands.map(({ saveAs }) => saveAs);
    expect(new Set(names).size).toBe(names.length);
  });

  test('names the empty base path, and leaves deeper ones to a person', () => {
    const step = stepOf(steps, `delete:${rest.arn}#mappings`);
    expect(argvOf(step.commands)).toEqual([
      ['apigateway', 'delete-base-path-mapping', '--domain-name', 'api.example.com', '--base-path', '(none)'],
    ]);
    expect(step.preconditions.at(-1)).toMatchObject({ compare: 'text', expected: 'a1b2c3d4e5' });
    expect(step.manual).toContain('v1/deep');
  });

  test('waits thirty seconds before what API Gateway paces', () => {
    expect(stepOf(steps, `delete:${rest.arn}`).commands).toEqual([
      {
        argv: ['apigateway', 'delete-rest-api', '--rest-api-id', 'a1b2c3d4e5'],
        accepts: ['NotFoundException'],
        pauseSeconds: 30,
      },
    ]);
    expect(stepOf(steps, `delete:${domainArn}`).commands[0]?.pauseSeconds).toBe(30);
    expect(stepOf(steps, `delete:${rest.arn}`).permissions).toEqual(['apigateway:DELETE', 'apigateway:GET']);
  });

  test('is held to id and name', () => {
    for (const key of [`delete:${rest.arn}`, `delete:${rest.arn}#stages`, `delete:${rest.arn}#mappings`]) {
      expect(stepOf(steps, key).preconditions).toContainEqual({
        fact: 'a1b2c3d4e5 has its name',
        argv: [
          'apigateway',
          'get-rest-api',
          '--rest-api-id',
          'a1b2c3d4e5',
          '--query',
          'name',
          '--output',
          'text',
        ],
        compare: 'text',
        expected: 'front',
      });
    }
  });

  test('throttles instead of freezing a function that is not the intruder’s', () => {
    expect(keysOf(steps)).not.toContain(`contain:${target.arn}`);
    expect(argvOf(stepOf(steps, `contain:${rest.arn}`).commands)[0]).toEqual([
      'apigateway',
      'update-stage',
      '--rest-api-id',
      'a1b2c3d4e5',
      '--stage-name',
      'prod',
      '--patch-operations',
      '[{"op":"replace","path":"/*/*/throttling/rateLimit","value":"0"},{"op":"replace","path":"/*/*/throttling/burstLimit","value":"0"}]',
    ]);
  });
});

describe('api.delete of an HTTP API', () => {
  test('goes as a whole; its mappings are a person’s', () => {
    const steps = stepsOf(apiActions['api.delete'], 'api.delete', findingOn(http, 'eradicate'), {
      dependents: [http, target],
      findings: [findingOn(target, 'eradicate')],
    });
    expect(keysOf(steps)).toContain(`contain:${target.arn}`);
    expect(keysOf(steps)).not.toContain(`contain:${http.arn}`);
    expect(keysOf(steps)).not.toContain(`delete:${http.arn}#stages`);
    expect(stepOf(steps, `delete:${http.arn}#mappings`)).toMatchObject({ commands: [] });
    expect(stepOf(steps, `delete:${http.arn}#mappings`).manual).toContain('api.example.com door');
    expect(argvOf(stepOf(steps, `delete:${http.arn}`).commands)).toEqual([
      ['apigatewayv2', 'delete-api', '--api-id', 'f6g7h8i9j0'],
    ]);
    expect(order(steps).indexOf(`delete:${http.arn}#mappings`)).toBeLessThan(
      order(steps).indexOf(`delete:${http.arn}`),
    );
  });

  test('says where domain names could not be seen', () => {
    const unseen = buildHttpApi({ mappings: null });
    const steps = stepsOf(apiActions['api.delete'], 'api.delete', findingOn(unseen, 'eradicate'), {
      dependents: [unseen],
    });
    expect(stepOf(steps, `delete:${unseen.arn}#mappings`).manual).toContain('could not be seen');
  });

  test('without evidence gives no command', () => {
    const steps = stepsOf(apiActions['api.delete'], 'api.delete', findingOn(http, 'eradicate'));
    expect(keysOf(steps)).toEqual([`delete:${http.arn}`]);
    expect(allCommands(steps)).toEqual([]);
  });

  test.each(['restore', 'unprovedRestore', 'rotate', 'harden', 'explain'] as const)(
    'deletes nothing for %s',
    (proof) => {
      const steps = stepsOf(apiActions['api.delete'], 'api.delete', findingOn(http, proof), {
        dependents: [http, target],
      });
      expect(deletions(steps)).toEqual([]);
    },
  );

  test('a domain name of the intruder goes by itself', () => {
    const finding = findingAt(
      { arn: domainArn, type: 'domain-name', name: 'api.example.com', accountId: member, region },
      'eradicate',
    );
    const steps = stepsOf(apiActions['api.delete'], 'api.delete', finding);
    expect(argvOf(stepOf(steps, `delete:${domainArn}`).commands)).toEqual([
      ['apigateway', 'delete-domain-name', '--domain-name', 'api.example.com'],
    ]);
  });
});

describe('other actions of an API', () => {
  test('api.restrict-policy throttles until an owner answers, and lets through again', () => {
    const steps = stepsOf(
      apiActions['api.restrict-policy'],
      'api.restrict-policy',
      findingOn(http, 'explain'),
      {
        dependents: [http],
      },
    );
    expect(order(steps)).toEqual([`preserve:${http.arn}`, `contain:${http.arn}`, `release:${http.arn}`]);
    expect(steps.every(({ reversible }) => reversible)).toBe(true);
    expect(argvOf(stepOf(steps, `contain:${http.arn}`).commands)).toEqual([
      [
        'apigatewayv2',
        'update-stage',
        '--api-id',
        'f6g7h8i9j0',
        '--stage-name',
        '$default',
        '--default-route-settings',
        '{"ThrottlingBurstLimit":0,"ThrottlingRateLimit":0}',
      ],
    ]);
    expect(stepOf(steps, `release:${http.arn}`).manual).toContain('Only when its owner has answered');
  });

  test('api.restrict-policy leaves an altered policy to people', () => {
    const steps = stepsOf(
      apiActions['api.restrict-policy'],
      'api.restrict-policy',
      findingOn(rest, 'restore'),
      {
        dependents: [rest],
      },
    );
    expect(keysOf(steps)).toEqual([`restore:${rest.arn}#policy`]);
    expect(steps[0]?.cautions.join(' ')).toContain('new deployment');
  });

  test('api.restore-deployment says how to point the stages back', () => {
    const steps = stepsOf(
      apiActions['api.restore-deployment'],
      'api.restore-deployment',
      findingOn(rest, 'restore'),
      { dependents: [rest] },
    );
    expect(keysOf(steps)).toEqual([`preserve:${rest.arn}`, `restore:${rest.arn}`]);
    expect(stepOf(steps, `restore:${rest.arn}`).manual).toContain('path=/deploymentId');
    expect(stepOf(steps, `restore:${rest.arn}`).cautions.join(' ')).toContain('draft alone changes nothing');
  });

  test('api.add-authorizer is a ticket', () => {
    const steps = stepsOf(apiActions['api.add-authorizer'], 'api.add-authorizer', findingOn(rest, 'harden'));
    expect(steps).toHaveLength(1);
    expect(steps[0]).toMatchObject({ stage: 'harden', commands: [] });
  });

  test('api-key.disable disables, and deletes only what the intruder made', () => {
    const key = {
      arn: `arn:aws:apigateway:${region}::/apikeys/abcde12345`,
      type: 'api-key',
      name: 'partner',
      accountId: member,
      region,
    };
    const frozen = stepsOf(apiActions['api-key.disable'], 'api-key.disable', findingAt(key, 'explain'));
    expect(argvOf(frozen.flatMap(({ commands }) => commands))).toEqual([
      [
        'apigateway',
        'update-api-key',
        '--api-key',
        'abcde12345',
        '--patch-operations',
        '[{"op":"replace","path":"/enabled","value":"false"}]',
      ],
    ]);
    expect(deletions(frozen)).toEqual([]);
    const removed = stepsOf(apiActions['api-key.disable'], 'api-key.disable', findingAt(key, 'eradicate'));
    expect(order(removed)).toEqual([`contain:${key.arn}`, `delete:${key.arn}`]);
    expect(stepsOf(apiActions['api-key.disable'], 'api-key.disable', findingAt(key, 'harden'))).toEqual([]);
  });

  test('hostile names stay one argument each', () => {
    const hostile = buildRestApi({
      name: hostileName,
      stages: [hostileName],
      mappings: [{ domainName: hostileName, path: hostileName.replaceAll('/', ''), stage: hostileName }],
    });
    const steps = stepsOf(apiActions['api.delete'], 'api.delete', findingOn(hostile, 'eradicate'), {
      dependents: [hostile],
    });
    const values = allCommands(steps)
      .flat()
      .filter((value) => value.includes('touch'));
    expect(values).not.toHaveLength(0);
    for (const value of values) {
      expect([hostileName, hostileName.replaceAll('/', '')]).toContain(value);
    }
  });
});
