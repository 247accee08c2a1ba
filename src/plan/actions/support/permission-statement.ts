import type { FunctionDependents } from '../../../model/dependents.ts';
import type { PlanCommand } from '../../../model/plan.ts';
import { command } from './command-line.ts';

export type Permission = NonNullable<FunctionDependents['permissions']>[number];

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function texts(value: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((one) => typeof one === 'string');
}

function parsed(statement: string): Fields {
  try {
    const value: unknown = JSON.parse(statement);
    return isFields(value) ? value : {};
  } catch {
    return {};
  }
}

/** Keys of conditions compare without regard to case. */
function conditions(statement: Fields): ReadonlyMap<string, readonly string[]> {
  const condition = statement['Condition'];
  const byOperator = isFields(condition) ? Object.values(condition) : [];
  return new Map(
    byOperator.flatMap((keys) =>
      isFields(keys) ? Object.entries(keys).map(([key, value]) => [key.toLowerCase(), texts(value)]) : [],
    ),
  );
}

interface Trigger {
  readonly service: string;
  /** Null where the statement pins none. */
  readonly source: string | null;
}

/** Services that the statement lets in, with the sources that it pins. */
export function triggersOf({ statement }: Permission): readonly Trigger[] {
  const fields = parsed(statement);
  const principal = fields['Principal'];
  const services = isFields(principal) ? texts(principal['Service']) : [];
  const pinned = conditions(fields).get('aws:sourcearn') ?? [];
  const sources: readonly (string | null)[] = pinned.length === 0 ? [null] : pinned;
  return services.flatMap((service) => sources.map((source) => ({ service, source })));
}

/** True for the permissions that a function URL needs. */
export function isOfUrl({ statement }: Permission): boolean {
  const fields = parsed(statement);
  const keys = conditions(fields);
  return (
    texts(fields['Action']).some((action) => action.toLowerCase() === 'lambda:invokefunctionurl') ||
    keys.has('lambda:functionurlauthtype') ||
    keys.has('lambda:invokedviafunctionurl')
  );
}

/** True where the statement lets in an API of this id. */
export function isOfApi(permission: Permission, apiId: string): boolean {
  return triggersOf(permission).some(
    ({ source }) => source?.split(':')[2] === 'execute-api' && source.split(':')[5]?.split('/')[0] === apiId,
  );
}

const optionOf: Readonly<Record<string, string>> = {
  'aws:principalorgid': 'principalOrgId',
  'aws:sourceaccount': 'sourceAccount',
  'aws:sourcearn': 'sourceArn',
  'lambda:eventsourcetoken': 'eventSourceToken',
  'lambda:functionurlauthtype': 'functionUrlAuthType',
};

function principalOf(statement: Fields): string | null {
  const principal = statement['Principal'];
  if (principal === '*') {
    return '*';
  }
  const named = isFields(principal) ? Object.values(principal).flatMap(texts) : [];
  return named.length === 1 ? (named[0] ?? null) : null;
}

/** The call that adds the statement again; null where AddPermission cannot say it. */
export function addingAgain(functionName: string, permission: Permission): PlanCommand | null {
  const fields = parsed(permission.statement);
  const actions = texts(fields['Action']);
  const principal = principalOf(fields);
  const known = [...conditions(fields)].map(([key, values]) => ({ option: optionOf[key], key, values }));
  const isViaUrl = known.some(
    ({ key, values }) => key === 'lambda:invokedviafunctionurl' && values[0] === 'true',
  );
  const rest = known.filter(({ key }) => key !== 'lambda:invokedviafunctionurl');
  const isSayable =
    fields['Effect'] === 'Allow' &&
    actions.length === 1 &&
    principal !== null &&
    rest.every(({ option, values }) => option !== undefined && values.length === 1);
  return isSayable
    ? command('lambda', 'add-permission', {
        functionName,
        statementId: permission.sid,
        action: actions[0],
        principal,
        ...Object.fromEntries(rest.map(({ option, values }) => [option ?? '', values[0]])),
        ...(isViaUrl ? { invokedViaFunctionUrl: true } : {}),
        qualifier: permission.qualifier,
      })
    : null;
}
