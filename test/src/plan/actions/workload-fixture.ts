import type { ApiDependents, Dependents, FunctionDependents } from '../../../../src/model/dependents.ts';
import { mergeSteps } from '../../../../src/plan/merge-steps.ts';
import { orderSteps } from '../../../../src/plan/order-steps.ts';
import type { StepDraft } from '../../../../src/plan/planner.ts';
import { buildNode, management, member } from './identity-fixture.ts';

export const region = 'eu-central-1';
export const codeSha256 = 'x0Pp5uFl1V8aJ1VwW1nXlGkq3r8O5n1TtY8e6sV3cXk=';
export const roleArn = `arn:aws:iam::${member}:role/worker`;

export function functionArn(name: string): string {
  return `arn:aws:lambda:${region}:${member}:function:${name}`;
}

export function buildFunction(fields: Partial<FunctionDependents> = {}): FunctionDependents {
  const name = fields.name ?? 'collector';
  return {
    type: 'lambda-function',
    arn: functionArn(name),
    name,
    accountId: member,
    region,
    roleArn,
    codeSha256,
    versions: [],
    aliases: [],
    urlQualifiers: [],
    permissions: [],
    eventSourceMappings: [],
    ...fields,
  };
}

export function buildRestApi(
  fields: Partial<Extract<ApiDependents, { type: 'rest-api' }>> = {},
): ApiDependents {
  const apiId = fields.apiId ?? 'a1b2c3d4e5';
  return {
    type: 'rest-api',
    arn: `arn:aws:apigateway:${region}::/restapis/${apiId}`,
    name: 'front',
    accountId: member,
    region,
    apiId,
    stages: ['prod'],
    routes: ['POST /run'],
    functionArns: [functionArn('collector')],
    mappings: [],
    ...fields,
  };
}

export function buildHttpApi(
  fields: Partial<Extract<ApiDependents, { type: 'http-api' }>> = {},
): ApiDependents {
  const apiId = fields.apiId ?? 'f6g7h8i9j0';
  return {
    type: 'http-api',
    arn: `arn:aws:apigateway:${region}::/apis/${apiId}`,
    name: 'door',
    accountId: member,
    region,
    apiId,
    stages: ['$default'],
    routes: ['POST /'],
    functionArns: [functionArn('collector')],
    mappings: [],
    ...fields,
  };
}

/** A statement as Lambda writes it for AddPermission. */
export function permission(
  sid: string,
  fields: Readonly<Record<string, unknown>>,
  qualifier: string | null = null,
): NonNullable<FunctionDependents['permissions']>[number] {
  const statement = JSON.stringify({
    Sid: sid,
    Effect: 'Allow',
    Action: 'lambda:InvokeFunction',
    Resource: functionArn('collector'),
    ...fields,
  });
  return { qualifier, sid, statement };
}

/** A node that the incident made, for a thing that no finding names. */
export function madeNode({ arn, type }: Pick<Dependents, 'arn'> & { readonly type: string }) {
  return buildNode({ id: arn, type, intruderMade: true });
}

export const organizationAccountArn = (accountId: string): string =>
  `arn:aws:organizations::${management}:account/o-example1111/${accountId}`;

/** Keys in the order in which the plan runs them. */
export function order(steps: readonly StepDraft[]): readonly string[] {
  return orderSteps(mergeSteps(steps.map((draft) => ({ draft, fingerprint: null })))).map(
    ({ draft }) => draft.key,
  );
}

export const hostileName = `x"; $(touch /tmp/owned) \`id\` 'y' \n; rm -rf ~ #`;
