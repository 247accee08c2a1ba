import type { ApiAuthorizer, ApiIntegration, ApiRoute } from '../../../model/evidence/api-gateway.ts';

/** What an exported stage serves. `authorizerId` and the authorizers' ids are the names of their schemes. */
export interface ExportedApi {
  readonly routes: readonly ApiRoute[];
  readonly authorizers: readonly ApiAuthorizer[];
}

export type ParsedExport =
  | { readonly ok: true; readonly api: ExportedApi }
  | { readonly ok: false; readonly problem: string };

type Fields = Readonly<Record<string, unknown>>;

type Authorization = Pick<ApiRoute, 'authorizationType' | 'authorizerId' | 'apiKeyRequired'>;

/** Expected trouble of a document, turned into `problem`; never leaves this file. */
class MalformedExport extends Error {}

const anyMethod = 'x-amazon-apigateway-any-method';
const methodNames: ReadonlySet<string> = new Set([
  'delete',
  'get',
  'head',
  'options',
  'patch',
  'post',
  'put',
  'trace',
  anyMethod,
]);

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function fieldsOf(value: unknown, what: string): Fields {
  if (!isFields(value)) {
    throw new MalformedExport(`${what} is not an object`);
  }
  return value;
}

const optionalFields = (value: unknown, what: string): Fields =>
  value === undefined ? {} : fieldsOf(value, what);

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string').sort() : [];

function authorizer(name: string, scheme: Fields): ApiAuthorizer | null {
  const extension = scheme['x-amazon-apigateway-authorizer'];
  if (extension === undefined) {
    return null;
  }
  const fields = fieldsOf(extension, `authorizer ${name}`);
  const type = textOf(fields['type']);
  if (type === null) {
    throw new MalformedExport(`authorizer ${name} has no type`);
  }
  const token = optionalFields(fields['jwtConfiguration'], `authorizer ${name}`);
  return {
    id: name,
    name,
    type: type.toUpperCase(),
    uri: textOf(fields['authorizerUri']),
    providerArns: textsOf(fields['providerARNs']),
    issuer: textOf(token['issuer']),
    audience: textsOf(token['audience']),
  };
}

const typesOfAuthorizers: Readonly<Record<string, string>> = {
  COGNITO_USER_POOLS: 'COGNITO_USER_POOLS',
  JWT: 'JWT',
};

/** Null for a plain API key: metering, not authentication. */
function schemeAuthorization(name: string, scheme: Fields): Authorization | null {
  const kind = textOf(scheme['x-amazon-apigateway-authtype'])?.toUpperCase() ?? null;
  if (kind === 'AWSSIGV4') {
    return { authorizationType: 'AWS_IAM', authorizerId: null, apiKeyRequired: false };
  }
  const type = authorizer(name, scheme)?.type ?? kind;
  if (type !== null) {
    return {
      authorizationType: typesOfAuthorizers[type] ?? 'CUSTOM',
      authorizerId: name,
      apiKeyRequired: false,
    };
  }
  if (scheme['type'] === 'apiKey') {
    return null;
  }
  throw new MalformedExport(`security scheme ${name} is of a kind that is not known`);
}

function authorizationOf(operation: Fields, schemes: Fields, where: string): Authorization {
  const requirements: unknown = operation['security'] ?? [];
  if (!Array.isArray(requirements)) {
    throw new MalformedExport(`the security of ${where} is not a list`);
  }
  const names = requirements.flatMap((requirement) => Object.keys(fieldsOf(requirement, where)));
  const found = names.map((name) =>
    schemeAuthorization(name, fieldsOf(schemes[name], `security scheme ${name}`)),
  );
  const apiKeyRequired = found.includes(null);
  const decisive = found.find((authorization) => authorization !== null);
  if (decisive !== undefined) {
    return { ...decisive, apiKeyRequired };
  }
  const extension = optionalFields(operation['x-amazon-apigateway-auth'], where);
  return {
    authorizationType: textOf(extension['type'])?.toUpperCase() ?? 'NONE',
    authorizerId: null,
    apiKeyRequired,
  };
}

/** HTTP APIs may keep an integration among the components and point at it. */
function referenced(integration: Fields, components: Fields, where: string): Fields {
  const reference = textOf(integration['$ref']);
  if (reference === null) {
    return integration;
  }
  const name = reference.split('/').at(-1) ?? '';
  const shared = optionalFields(components['x-amazon-apigateway-integrations'], 'the integrations');
  return fieldsOf(shared[name], `the integration of ${where}`);
}

function integrationOf(operation: Fields, components: Fields, where: string): ApiIntegration | null {
  const extension = operation['x-amazon-apigateway-integration'];
  if (extension === undefined) {
    return null;
  }
  const fields = referenced(fieldsOf(extension, `the integration of ${where}`), components, where);
  const type = textOf(fields['type']);
  if (type === null) {
    throw new MalformedExport(`the integration of ${where} has no type`);
  }
  return {
    id: null,
    type: type.toUpperCase(),
    uri: textOf(fields['uri']),
    method: textOf(fields['httpMethod']),
    credentials: textOf(fields['credentials']),
    subtype: textOf(fields['integrationSubtype']),
    connectionId: textOf(fields['connectionId']),
  };
}

function route(path: string, name: string, operation: Fields, components: Fields): ApiRoute {
  const where = `${name} ${path}`;
  const method = name === anyMethod ? 'ANY' : name.toUpperCase();
  const schemes = optionalFields(components['securitySchemes'], 'the security schemes');
  const isDefault = operation['isDefaultRoute'] === true;
  return {
    key: isDefault ? '$default' : `${method} ${path}`,
    method,
    path: isDefault ? '$default' : path,
    ...authorizationOf(operation, schemes, where),
    integration: integrationOf(operation, components, where),
  };
}

function exportedApi(document: Fields): ExportedApi {
  const components = optionalFields(document['components'], 'the list of components');
  const schemes = optionalFields(components['securitySchemes'], 'the security schemes');
  const routes = Object.entries(fieldsOf(document['paths'], 'the list of paths')).flatMap(([path, item]) =>
    Object.entries(fieldsOf(item, path))
      .filter(([name]) => methodNames.has(name))
      .map(([name, operation]) => route(path, name, fieldsOf(operation, `${name} ${path}`), components)),
  );
  const authorizers = Object.entries(schemes).flatMap(
    ([name, scheme]) => authorizer(name, fieldsOf(scheme, `security scheme ${name}`)) ?? [],
  );
  return { routes, authorizers };
}

function jsonOf(body: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    // The parser's own message quotes the document: it is left out.
    throw new MalformedExport('it is not a JSON document');
  }
}

/** Reads an OpenAPI 3.0 export of a stage. What cannot be told for sure makes the whole export unreadable. */
export function parseExport(body: Uint8Array | undefined): ParsedExport {
  try {
    return { ok: true, api: exportedApi(fieldsOf(jsonOf(body), 'the document')) };
  } catch (error) {
    if (error instanceof MalformedExport) {
      return { ok: false, problem: `the export cannot be read: ${error.message}` };
    }
    throw error;
  }
}
