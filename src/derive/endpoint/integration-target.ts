import type { ApiIntegration } from '../../model/evidence/api-gateway.ts';
import { type FunctionReference, parseFunctionArn } from './function-reference.ts';

/** What an integration calls in the end. */
export type IntegrationTarget =
  | { readonly kind: 'function'; readonly reference: FunctionReference }
  | { readonly kind: 'action'; readonly action: string }
  /** A web address, a VPC link, a mock, nothing. */
  | { readonly kind: 'other' }
  /** A stage variable that the stage does not define, or a form we do not know. */
  | { readonly kind: 'unresolved'; readonly why: string };

/** Subtypes of HTTP API integrations start with the service's display name, IAM actions with its prefix. */
const subtypePrefixes: Readonly<Record<string, string>> = {
  AppConfig: 'appconfig',
  EventBridge: 'events',
  Kinesis: 'kinesis',
  SQS: 'sqs',
  StepFunctions: 'states',
};

const invocationUri =
  /^arn:[\w-]+:apigateway:[\w-]+:lambda:path\/[\d-]+\/functions\/(.+)\/(?:response-streaming-)?invocations$/;
const serviceUri = /^arn:[\w-]+:apigateway:[\w-]+:(?:[^:]+\.)?([\w-]+):(action|path)\/(.*)$/;
const stageVariable = /\$\{stageVariables\.(\w+)\}/g;

function withStageVariables(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(stageVariable, (whole, name: string) => variables[name] ?? whole);
}

function functionTarget(text: string): IntegrationTarget {
  const reference = parseFunctionArn(text);
  return reference === null
    ? { kind: 'unresolved', why: `the function ${text} cannot be told` }
    : { kind: 'function', reference };
}

/** `action/CreateUser&Path=…` and `path//?Action=CreateUser&…` name the call; any other path leaves it to the request. */
function serviceAction(service: string, form: string, rest: string): string {
  if (form === 'action') {
    return `${service}:${/^\w+/.exec(rest)?.[0] ?? '*'}`;
  }
  return `${service}:${/[?&]Action=(\w+)/.exec(rest)?.[1] ?? '*'}`;
}

function subtypeAction(subtype: string): string {
  const [service = '', ...action] = subtype.split('-');
  return `${subtypePrefixes[service] ?? service.toLowerCase()}:${action.join('-')}`;
}

/** Follows the formats of REST, HTTP and WebSocket API integrations, with the stage's variables put in. */
export function integrationTarget(
  integration: ApiIntegration | null,
  variables: Readonly<Record<string, string>>,
): IntegrationTarget {
  if (integration === null) {
    return { kind: 'other' };
  }
  if (integration.subtype !== null) {
    return { kind: 'action', action: subtypeAction(integration.subtype) };
  }
  if (integration.uri === null) {
    return { kind: 'other' };
  }
  const uri = withStageVariables(integration.uri, variables);
  const [, invoked] = invocationUri.exec(uri) ?? [];
  if (invoked !== undefined) {
    return functionTarget(invoked);
  }
  if (/^arn:[\w-]+:lambda:/.test(uri)) {
    return functionTarget(uri);
  }
  const [, service, form, rest] = serviceUri.exec(uri) ?? [];
  if (service !== undefined && form !== undefined && rest !== undefined) {
    return { kind: 'action', action: serviceAction(service, form, rest) };
  }
  if (/^arn:/.test(uri) && !/^arn:[\w-]+:(elasticloadbalancing|servicediscovery):/.test(uri)) {
    return { kind: 'unresolved', why: `the integration ${uri} cannot be told` };
  }
  return { kind: 'other' };
}

/** `credentials: arn:aws:iam::*:user/*` hands the caller's own credentials through. */
export function passesCallerCredentials(integration: ApiIntegration | null): boolean {
  return integration?.credentials != null && /^arn:[\w-]+:iam::\*:user\/\*$/.test(integration.credentials);
}
