import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';
import type { ScopeUnit } from '../model/scope.ts';
import { classifyError, type Failure } from './classify-error.ts';
import type { AwsSession } from './clients.ts';
import type { AwsEdge } from './edge.ts';
import { errorShape, textProperty } from './error-shape.ts';
import { outcomeOf } from './ledger.ts';
import { RoleNotAssumed } from './role-not-assumed.ts';
import { RunAborted } from './runtime.ts';
import { sendTyped } from './send-typed.ts';

/** The SDK's own chain: environment, SSO, web identity, files, process, container and instance. */
export function callerCredentials(profile?: string): AwsCredentialIdentityProvider {
  const chain = defaultProvider(profile === undefined ? {} : { profile });
  return () => chain();
}

/** `afterleak-20261121T101500`: lets a SOC tell our sessions in CloudTrail. */
export function sessionName(startedAt: number): string {
  return `afterleak-${new Date(startedAt).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}`;
}

export interface RoleRequest {
  /** Session that asks. */
  readonly from: AwsSession;
  readonly roleArn: string;
  readonly sessionName: string;
  readonly externalId?: string;
  /** STS region: tokens of a regional endpoint are valid in opt-in regions too. */
  readonly region: string;
  /** Account of the role, and the unit that its gaps belong to. */
  readonly accountId: string;
  readonly unit: ScopeUnit;
}

export type RoleResult =
  | { readonly kind: 'assumed'; readonly session: AwsSession; readonly sessionArn: string }
  | { readonly kind: 'refused'; readonly failure: Failure };

/** Role chaining caps a session at one hour whatever the role allows; it is renewed this long before its end. */
const renewBefore = 5 * 60_000;

interface RoleSession {
  readonly arn: string;
  readonly identity: AwsCredentialIdentity;
}

const permission = 'sts:AssumeRole';

function refusal(error: unknown, edge: AwsEdge, request: RoleRequest): Failure {
  return classifyError(error, {
    operation: permission,
    unit: request.unit,
    region: request.region,
    permission,
    resource: request.roleArn,
    ...(edge.endpointUrl === undefined ? {} : { endpointUrl: edge.endpointUrl }),
  });
}

async function requestSession(edge: AwsEdge, request: RoleRequest): Promise<RoleSession> {
  const { from, region } = request;
  const client = await edge.clients.client(from, region, 'sts');
  const command = new AssumeRoleCommand({
    RoleArn: request.roleArn,
    RoleSessionName: request.sessionName,
    ...(request.externalId === undefined ? {} : { ExternalId: request.externalId }),
  });
  const answer = await sendTyped(client, command, edge.signal);
  const accessKeyId = textProperty(answer.Credentials, 'AccessKeyId');
  const secretAccessKey = textProperty(answer.Credentials, 'SecretAccessKey');
  const sessionToken = textProperty(answer.Credentials, 'SessionToken');
  const expiration = answer.Credentials?.Expiration;
  if (accessKeyId === null || secretAccessKey === null || sessionToken === null || expiration === undefined) {
    throw new SyntaxError('AssumeRole answered without credentials');
  }
  return {
    arn: answer.AssumedRoleUser?.Arn ?? request.roleArn,
    identity: { accessKeyId, secretAccessKey, sessionToken, expiration },
  };
}

async function open(edge: AwsEdge, request: RoleRequest): Promise<RoleSession> {
  const { from, region } = request;
  const place = { service: 'sts', command: 'AssumeRole', accountId: from.accountId, region } as const;
  try {
    const session = await requestSession(edge, request);
    edge.ledger.result(place, { pages: 1, items: 1, outcome: 'ok' });
    return session;
  } catch (error) {
    if (edge.signal.aborted) {
      edge.ledger.result(place, { pages: 0, items: 0, outcome: 'aborted' });
      throw new RunAborted('the run was stopped', { cause: error });
    }
    const failure = refusal(error, edge, request);
    edge.ledger.result(place, {
      pages: 0,
      items: 0,
      outcome: outcomeOf(failure.gap.reason),
      requestId: failure.requestId,
      error: errorShape(error).name,
    });
    throw failure.fatal ?? new RoleNotAssumed(failure, { cause: error });
  }
}

/**
 * Opens a session of a role. A refusal is a result; later renewals happen inside the returned provider, which throws
 * `RoleNotAssumed`, and the classifier turns that into the same gap.
 * @throws FatalAwsError when the asking session itself is gone · RunAborted
 */
export async function assumeRole(edge: AwsEdge, request: RoleRequest): Promise<RoleResult> {
  let first: RoleSession;
  try {
    first = await open(edge, request);
  } catch (error) {
    if (error instanceof RoleNotAssumed) {
      return { kind: 'refused', failure: error.failure };
    }
    throw error;
  }
  let current = Promise.resolve(first);
  let renewAt = (first.identity.expiration?.getTime() ?? 0) - renewBefore;

  const credentials = async (): Promise<AwsCredentialIdentity> => {
    if (edge.runtime.now() >= renewAt) {
      // All clients of the account share one renewal; a failed one is tried again by the next call.
      renewAt = Number.POSITIVE_INFINITY;
      current = open(edge, request).then(
        (session) => {
          renewAt = (session.identity.expiration?.getTime() ?? 0) - renewBefore;
          return session;
        },
        (error: unknown) => {
          renewAt = 0;
          throw error;
        },
      );
    }
    return (await current).identity;
  };
  return { kind: 'assumed', session: { accountId: request.accountId, credentials }, sessionArn: first.arn };
}
