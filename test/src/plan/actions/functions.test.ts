import { describe, expect, test } from '@jest/globals';
import type { FunctionDependents } from '../../../../src/model/dependents.ts';
import { functionActions } from '../../../../src/plan/actions/functions.ts';
import {
  allCommands,
  argvOf,
  buildLineage,
  buildNode,
  buildRole,
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
  codeSha256,
  functionArn,
  hostileName,
  madeNode,
  order,
  permission,
  region,
  roleArn,
} from './workload-fixture.ts';

const arn = functionArn('collector');
const role = buildRole({ name: 'worker', accountId: member, trustedServices: ['lambda.amazonaws.com'] });
const urlPermission = permission(
  'FunctionURLAllowPublicAccess',
  {
    Principal: '*',
    Action: 'lambda:InvokeFunctionUrl',
    Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } },
  },
  'live',
);
const ruleArn = `arn:aws:events:${region}:${member}:rule/custom-bus/every-minute`;
const rulePermission = permission('rule', {
  Principal: { Service: 'events.amazonaws.com' },
  Condition: { ArnLike: { 'AWS:SourceArn': ruleArn } },
});
const made: FunctionDependents = buildFunction({
  versions: [
    { version: '1', codeSha256: 'other=' },
    { version: '2', codeSha256: 'other=' },
    { version: '3', codeSha256 },
  ],
  aliases: ['live'],
  urlQualifiers: ['live', null],
  permissions: [urlPermission, rulePermission],
  eventSourceMappings: [{ id: '14e0db71-1111-2222-3333-444455556666', state: 'Enabled' }],
});
const api = buildHttpApi();
const url = { arn: `${arn}:live/url`, type: 'function-url', name: 'collector:live' } as const;

describe('function.delete', () => {
  const steps = stepsOf(functionActions['function.delete'], 'function.delete', findingOn(made, 'eradicate'), {
    dependents: [made, role, api],
    lineage: buildLineage([madeNode({ arn: ruleArn, type: 'event-rule' })]),
  });

  test('saves, freezes with the role, cuts triggers, URLs and permissions, deletes last', () => {
    const ordered = order(steps);
    const at = (key: string): number => ordered.indexOf(key);
    const sequence = [
      `preserve:${arn}`,
      `contain:${arn}`,
      `delete:arn:aws:lambda:${region}:${member}:event-source-mapping:14e0db71-1111-2222-3333-444455556666`,
      `delete:${arn}`,
    ];
    expect(sequence.map(at).every((place) => place >= 0)).toBe(true);
    expect(sequence.map(at)).toEqual(sequence.map(at).toSorted((left, right) => left - right));
    const last = at(`delete:${arn}`);
    for (const key of [
      `contain:${roleArn}`,
      `delete:${arn}#triggers`,
      `delete:${arn}/url`,
      `delete:${arn}:live/url`,
      `delete:${arn}/permission/live/FunctionURLAllowPublicAccess`,
      `delete:${arn}/permission/$LATEST/rule`,
    ]) {
      expect(at(key)).toBeGreaterThanOrEqual(0);
      expect(at(key)).toBeLessThan(last);
    }
    expect(at(`delete:${arn}:live/url`)).toBeLessThan(
      at(`delete:${arn}/permission/live/FunctionURLAllowPublicAccess`),
    );
  });

  test('waits for the deletion of APIs that lead to it', () => {
    expect(stepOf(steps, `delete:${arn}`).after).toContain(`delete:${api.arn}`);
  });

  test('saves code of each different version, configuration and every policy', () => {
    const saved = stepOf(steps, `preserve:${arn}`);
    expect(argvOf(saved.commands).slice(0, 2)).toEqual([
      ['lambda', 'get-function', '--function-name', 'collector', '--output', 'json'],
      ['lambda', 'get-function', '--function-name', 'collector', '--qualifier', '1', '--output', 'json'],
    ]);
    expect(operationsOf(saved)).toEqual([
      'get-function',
      'get-function',
      'get-function-configuration',
      'get-function-concurrency',
      'list-versions-by-function',
      'list-aliases',
      'list-function-url-configs',
      'list-function-event-invoke-configs',
      'list-event-source-mappings',
      'get-policy',
      'get-policy',
    ]);
    const names = saved.commands.map(({ saveAs }) => saveAs ?? '');
    expect(new Set(names).size).toBe(names.length);
    expect(names.every((name) => /^[A-Za-z0-9.-]+\.json$/.test(name))).toBe(true);
    expect(saved.manual).toContain('ten minutes');
  });

  test('freezes with concurrency 0, and confirms it', () => {
    const frozen = stepOf(steps, `contain:${arn}`);
    expect(argvOf(frozen.commands)).toEqual([
      [
        'lambda',
        'put-function-concurrency',
        '--function-name',
        'collector',
        '--reserved-concurrent-executions',
        '0',
      ],
    ]);
    expect(argvOf(frozen.undo)).toEqual([
      ['lambda', 'delete-function-concurrency', '--function-name', 'collector'],
    ]);
    expect(frozen.confirm).toEqual([expect.objectContaining({ compare: 'text', expected: '0' })]);
    expect(frozen.permissions).toEqual([
      'lambda:DeleteFunctionConcurrency',
      'lambda:GetFunctionConcurrency',
      'lambda:GetFunctionConfiguration',
      'lambda:PutFunctionConcurrency',
    ]);
    expect(frozen.region).toBe(region);
    expect(frozen.accountId).toBe(member);
  });

  test('is held to the code of the evidence', () => {
    const destructive = steps.filter(
      ({ key }) => key.startsWith(`delete:${arn}`) && !key.endsWith('#triggers'),
    );
    expect(destructive).not.toHaveLength(0);
    for (const { preconditions } of destructive) {
      expect(preconditions).toContainEqual({
        fact: 'the code of collector is that of the evidence',
        argv: [
          'lambda',
          'get-function-configuration',
          '--function-name',
          'collector',
          '--query',
          'CodeSha256',
          '--output',
          'text',
        ],
        compare: 'text',
        expected: codeSha256,
      });
    }
  });

  test('removes a permission by qualifier and id, and can add it again', () => {
    const step = stepOf(steps, `delete:${arn}/permission/live/FunctionURLAllowPublicAccess`);
    expect(argvOf(step.commands)).toEqual([
      [
        'lambda',
        'remove-permission',
        '--function-name',
        'collector',
        '--qualifier',
        'live',
        '--statement-id',
        'FunctionURLAllowPublicAccess',
      ],
    ]);
    expect(argvOf(step.undo)).toEqual([
      [
        'lambda',
        'add-permission',
        '--function-name',
        'collector',
        '--statement-id',
        'FunctionURLAllowPublicAccess',
        '--action',
        'lambda:InvokeFunctionUrl',
        '--principal',
        '*',
        '--function-url-auth-type',
        'NONE',
        '--qualifier',
        'live',
      ],
    ]);
    expect(step.reversible).toBe(true);
    expect(step.preconditions.at(-1)).toMatchObject({
      compare: 'contains',
      expected: '"FunctionURLAllowPublicAccess"',
    });
  });

  test('disables a rule of the intruder and names every other source', () => {
    const step = stepOf(steps, `delete:${arn}#triggers`);
    expect(argvOf(step.commands)).toEqual([
      ['events', 'disable-rule', '--name', 'every-minute', '--event-bus-name', 'custom-bus'],
    ]);
    expect(step.manual).toContain(ruleArn);
    expect(step.manual).toContain(`API ${api.apiId}`);
    expect(step.cautions.join(' ')).toContain('read, edit, write');
  });

  test('deletes the whole function and confirms that it is gone', () => {
    const step = stepOf(steps, `delete:${arn}`);
    expect(step.commands).toEqual([
      {
        argv: ['lambda', 'delete-function', '--function-name', 'collector'],
        accepts: ['ResourceNotFoundException'],
      },
    ]);
    expect(step.confirm).toEqual([
      expect.objectContaining({ compare: 'absent', expected: 'ResourceNotFoundException' }),
    ]);
    expect(step.reversible).toBe(false);
  });

  test('denies the execution role with the step that contains a principal', () => {
    expect(operationsOf(stepOf(steps, `contain:${roleArn}`))).toEqual(['put-role-policy']);
  });

  test('leaves a rule of the owner’s enabled', () => {
    const others = stepsOf(
      functionActions['function.delete'],
      'function.delete',
      findingOn(made, 'eradicate'),
      {
        dependents: [made, role],
      },
    );
    expect(stepOf(others, `delete:${arn}#triggers`).commands).toEqual([]);
  });

  test('says what could not be seen', () => {
    const hidden = buildFunction({
      permissions: null,
      urlQualifiers: null,
      aliases: null,
      eventSourceMappings: null,
    });
    const found = stepsOf(
      functionActions['function.delete'],
      'function.delete',
      findingOn(hidden, 'eradicate'),
      { dependents: [hidden] },
    );
    expect(
      stepOf(found, `delete:${arn}`).cautions.filter((one) => one.includes('could not be seen')),
    ).toHaveLength(4);
  });

  test('without evidence of the function gives no command', () => {
    const found = stepsOf(
      functionActions['function.delete'],
      'function.delete',
      findingOn(made, 'eradicate'),
    );
    expect(keysOf(found)).toEqual([`delete:${arn}`]);
    expect(found[0]?.commands).toEqual([]);
    expect(found[0]?.manual).toContain('Sweep');
  });

  test.each(['restore', 'explain', 'rotate', 'harden'] as const)('deletes nothing for %s', (proof) => {
    const found = stepsOf(functionActions['function.delete'], 'function.delete', findingOn(made, proof), {
      dependents: [made, role],
    });
    expect(found).toEqual([]);
  });

  test('never deletes a legitimate function because of a URL of the intruder', () => {
    const found = stepsOf(
      functionActions['function.delete'],
      'function.delete',
      findingAt(url, 'eradicate'),
      {
        dependents: [made, role],
      },
    );
    expect(found).toEqual([]);
  });
});

describe('function.freeze', () => {
  test('until an owner answers: concurrency 0, no deny on the role, and a way back', () => {
    const steps = stepsOf(functionActions['function.freeze'], 'function.freeze', findingOn(made, 'explain'), {
      dependents: [made, role],
    });
    expect(order(steps)).toEqual([`preserve:${arn}`, `contain:${arn}`, `release:${arn}`]);
    expect(steps.every(({ reversible }) => reversible)).toBe(true);
    expect(deletions(steps)).toEqual(['delete-function-concurrency']);
    expect(stepOf(steps, `contain:${arn}`).cautions.join(' ')).toContain('stay queued for up to six hours');
  });

  test('is released so that nothing that waited runs', () => {
    const steps = stepsOf(functionActions['function.freeze'], 'function.freeze', findingOn(made, 'explain'), {
      dependents: [made],
    });
    const release = stepOf(steps, `release:${arn}`);
    expect(argvOf(release.commands)).toEqual([
      [
        'lambda',
        'update-event-source-mapping',
        '--uuid',
        '14e0db71-1111-2222-3333-444455556666',
        '--no-enabled',
      ],
      [
        'lambda',
        'put-function-event-invoke-config',
        '--function-name',
        'collector',
        '--maximum-event-age-in-seconds',
        '60',
        '--maximum-retry-attempts',
        '0',
      ],
      ['lambda', 'delete-function-concurrency', '--function-name', 'collector'],
    ]);
    expect(release.commands.at(-1)?.pauseSeconds).toBe(120);
    expect(release.manual).toContain('Only when its owner has answered');
  });

  test('of the intruder’s own function denies its role and releases nothing', () => {
    const steps = stepsOf(
      functionActions['function.freeze'],
      'function.freeze',
      findingOn(made, 'eradicate'),
      {
        dependents: [made, role],
        findings: [findingOn(role, 'eradicate')],
      },
    );
    expect(keysOf(steps)).toEqual(expect.arrayContaining([`contain:${arn}`, `contain:${roleArn}`]));
    expect(keysOf(steps).filter((key) => key.startsWith('release:'))).toEqual([]);
  });

  test('asks before a role is denied that other functions need', () => {
    const other = buildFunction({ name: 'billing' });
    const steps = stepsOf(
      functionActions['function.freeze'],
      'function.freeze',
      findingOn(made, 'eradicate'),
      {
        dependents: [made, other, role],
      },
    );
    const asked = stepOf(steps, `contain:${roleArn}#shared`);
    expect(asked.commands).toEqual([]);
    expect(asked.manual).toContain('billing');
    expect(keysOf(steps)).not.toContain(`contain:${roleArn}`);
  });

  test('leaves a legitimate function running whose URL the intruder made', () => {
    const steps = stepsOf(
      functionActions['function.freeze'],
      'function.freeze',
      findingAt(url, 'eradicate'),
      {
        dependents: [made],
      },
    );
    expect(steps).toEqual([]);
  });

  test('freezes the function behind an unexplained URL', () => {
    const steps = stepsOf(functionActions['function.freeze'], 'function.freeze', findingAt(url, 'explain'), {
      dependents: [made],
    });
    expect(keysOf(steps)).toContain(`contain:${arn}`);
  });

  test('without evidence is done by hand', () => {
    const steps = stepsOf(functionActions['function.freeze'], 'function.freeze', findingOn(made, 'explain'));
    expect(steps).toHaveLength(1);
    expect(steps[0]).toMatchObject({ stage: 'contain', commands: [], reversible: true });
  });
});

describe('function-url.delete', () => {
  test('closes and deletes the URL of a function that lives on, with its permission', () => {
    const steps = stepsOf(
      functionActions['function-url.delete'],
      'function-url.delete',
      findingAt(url, 'eradicate'),
      { dependents: [made, role] },
    );
    expect(order(steps)).toEqual([
      `preserve:${arn}`,
      `contain:${url.arn}`,
      `delete:${url.arn}`,
      `delete:${arn}/permission/live/FunctionURLAllowPublicAccess`,
    ]);
    expect(argvOf(stepOf(steps, `contain:${url.arn}`).commands)).toEqual([
      [
        'lambda',
        'update-function-url-config',
        '--function-name',
        'collector',
        '--qualifier',
        'live',
        '--auth-type',
        'AWS_IAM',
      ],
    ]);
    expect(argvOf(stepOf(steps, `delete:${url.arn}`).commands)).toEqual([
      ['lambda', 'delete-function-url-config', '--function-name', 'collector', '--qualifier', 'live'],
    ]);
  });

  test('of an altered URL asks for credentials again, where events prove that it was opened', () => {
    const restored = (proof: 'restore' | 'unprovedRestore') =>
      stepsOf(
        functionActions['function-url.delete'],
        'function-url.delete',
        findingAt(url, proof, { check: 'endpoints/public-function-url' }),
        { dependents: [made] },
      );
    expect(argvOf(stepOf(restored('restore'), `restore:${url.arn}#authorization`).commands)).toEqual([
      [
        'lambda',
        'update-function-url-config',
        '--function-name',
        'collector',
        '--qualifier',
        'live',
        '--auth-type',
        'AWS_IAM',
      ],
    ]);
    expect(stepOf(restored('unprovedRestore'), `restore:${url.arn}`).commands).toEqual([]);
  });

  test.each(['explain', 'harden'] as const)('does nothing for %s', (proof) => {
    expect(
      stepsOf(functionActions['function-url.delete'], 'function-url.delete', findingAt(url, proof), {
        dependents: [made],
      }),
    ).toEqual([]);
  });
});

describe('function.remove-permission', () => {
  const node = buildNode({ id: arn, type: 'lambda-function' });

  test('takes out what proved events added, and nothing else', () => {
    const steps = stepsOf(
      functionActions['function.remove-permission'],
      'function.remove-permission',
      findingOn(made, 'restore'),
      {
        dependents: [made],
        lineage: buildLineage([node], [{ to: [node], action: 'lambda:AddPermission', part: 'rule' }]),
      },
    );
    expect(keysOf(steps)).toEqual([`preserve:${arn}`, `delete:${arn}/permission/$LATEST/rule`]);
    expect(argvOf(stepOf(steps, `delete:${arn}/permission/$LATEST/rule`).undo)).toEqual([
      [
        'lambda',
        'add-permission',
        '--function-name',
        'collector',
        '--statement-id',
        'rule',
        '--action',
        'lambda:InvokeFunction',
        '--principal',
        'events.amazonaws.com',
        '--source-arn',
        ruleArn,
      ],
    ]);
  });

  test('asks where no event tells who added a statement', () => {
    const steps = stepsOf(
      functionActions['function.remove-permission'],
      'function.remove-permission',
      findingOn(made, 'unprovedRestore'),
      { dependents: [made] },
    );
    expect(keysOf(steps)).toEqual([`restore:${arn}#permissions`]);
    expect(steps[0]?.commands).toEqual([]);
  });

  test('says so where AddPermission cannot say a statement again, and skips those without an id', () => {
    const odd = buildFunction({
      permissions: [
        permission('two-actions', {
          Principal: '*',
          Action: ['lambda:InvokeFunction', 'lambda:GetFunction'],
        }),
        { qualifier: null, sid: '', statement: '{"Effect":"Allow"}' },
        { qualifier: null, sid: 'unparsable', statement: 'null' },
      ],
    });
    const steps = stepsOf(
      functionActions['function.remove-permission'],
      'function.remove-permission',
      findingOn(odd, 'eradicate'),
      { dependents: [odd] },
    );
    expect(keysOf(steps)).toEqual([
      `preserve:${arn}`,
      `delete:${arn}/permission/$LATEST/two-actions`,
      `delete:${arn}/permission/$LATEST/unparsable`,
    ]);
    const step = stepOf(steps, `delete:${arn}/permission/$LATEST/two-actions`);
    expect(step.reversible).toBe(false);
    expect(step.cautions.join(' ')).toContain('cannot say this statement again');
  });

  test('does nothing until an owner has answered', () => {
    expect(
      stepsOf(
        functionActions['function.remove-permission'],
        'function.remove-permission',
        findingOn(made, 'explain'),
        { dependents: [made] },
      ),
    ).toEqual([]);
  });
});

describe('function.restore', () => {
  test('freezes altered code until a person has deployed the reviewed one', () => {
    const node = buildNode({ id: arn, type: 'lambda-function' });
    const steps = stepsOf(
      functionActions['function.restore'],
      'function.restore',
      findingOn(made, 'restore'),
      {
        dependents: [made],
        lineage: buildLineage(
          [node],
          [
            { to: [node], action: 'lambda:UpdateFunctionCode' },
            { to: [node], action: 'lambda:AddPermission', part: 'rule' },
          ],
        ),
      },
    );
    expect(order(steps)).toEqual([
      `preserve:${arn}`,
      `contain:${arn}`,
      `delete:${arn}/permission/$LATEST/rule`,
      `restore:${arn}`,
      `release:${arn}`,
    ]);
    expect(stepOf(steps, `restore:${arn}`).manual).toContain('3 (CodeSha256 ');
    expect(stepOf(steps, `release:${arn}`).after).toContain(`restore:${arn}`);
  });

  test('freezes nothing where only configuration reviews differ', () => {
    const steps = stepsOf(
      functionActions['function.restore'],
      'function.restore',
      findingOn(made, 'unprovedRestore'),
      { dependents: [made] },
    );
    expect(order(steps)).toEqual([`preserve:${arn}`, `restore:${arn}`]);
    expect(deletions(steps)).toEqual([]);
  });
});

describe('hostile names', () => {
  test('stay one argument each', () => {
    const hostile = buildFunction({
      name: hostileName,
      arn: functionArn('hostile'),
      aliases: [hostileName],
      urlQualifiers: [hostileName],
      permissions: [permission(hostileName, { Principal: hostileName }, hostileName)],
      eventSourceMappings: [{ id: hostileName, state: 'Enabled' }],
    });
    const steps = stepsOf(
      functionActions['function.delete'],
      'function.delete',
      findingOn(hostile, 'eradicate'),
      {
        dependents: [hostile],
      },
    );
    const values = allCommands(steps).flat();
    expect(values.filter((value) => value.includes('touch') && !value.startsWith('"'))).not.toHaveLength(0);
    for (const value of values.filter((one) => one.includes('touch'))) {
      expect([hostileName, `"${hostileName}"`]).toContain(value);
    }
    for (const { commands } of steps) {
      for (const { saveAs } of commands) {
        expect(saveAs ?? 'none.json').toMatch(/^[A-Za-z0-9.-]+$/);
      }
    }
  });
});
