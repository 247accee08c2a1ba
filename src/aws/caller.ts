import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { classifyError } from './classify-error.ts';
import type { AwsSession } from './clients.ts';
import type { AwsEdge } from './edge.ts';
import { errorShape, textProperty } from './error-shape.ts';
import { FatalAwsError } from './fatal-aws-error.ts';
import { redactText } from './redact-text.ts';
import { RunAborted } from './runtime.ts';
import { sendTyped } from './send-typed.ts';

/** Who a session is. */
export interface Caller {
  readonly accountId: string;
  readonly arn: string;
  readonly userId: string;
  readonly partition: string;
}

const signInAgain = 'Sign in again (for example `aws sso login`), or name another profile with --profile.';

const nextByName: Readonly<Record<string, string>> = {
  ExpiredToken: signInAgain,
  RequestExpired: signInAgain,
  InvalidClientTokenId:
    'The access key is unknown or switched off: use other credentials. In China or GovCloud also give --region.',
  UnrecognizedClient: 'The access key is unknown or switched off: use other credentials.',
  SignatureDoesNotMatch:
    'The secret key does not belong to the access key id, or the clock is wrong: check both.',
  InvalidSignature: 'The secret key does not belong to the access key id, or the clock is wrong: check both.',
  RequestTimeTooSkewed: "Correct this machine's clock.",
  RequestInTheFuture: "Correct this machine's clock.",
};

function explain(error: unknown, edge: AwsEdge, region: string): FatalAwsError {
  const shape = errorShape(error);
  const failure = classifyError(error, {
    operation: 'sts:GetCallerIdentity',
    unit: { kind: 'organization', partition: 'aws', accountId: null, region: null },
    region,
    permission: 'sts:GetCallerIdentity',
    ...(edge.endpointUrl === undefined ? {} : { endpointUrl: edge.endpointUrl }),
  });
  if (failure.fatal !== null) {
    return failure.fatal;
  }
  const known = nextByName[shape.bareName];
  if (known !== undefined) {
    return new FatalAwsError(
      `AWS does not accept the credentials: ${redactText(`${shape.name}: ${shape.message}`)}`,
      known,
      { cause: error },
    );
  }
  const next =
    failure.gap.reason === 'malformed' || failure.noAnswer
      ? 'Check --endpoint-url, --region, the network and the proxy.'
      : 'Check the credentials and try `aws sts get-caller-identity`.';
  return new FatalAwsError(`cannot tell who is calling: ${failure.gap.detail}`, next, { cause: error });
}

function notAws(edge: AwsEdge, region: string): FatalAwsError {
  return new FatalAwsError(
    `the endpoint at ${edge.endpointUrl ?? region} does not answer as AWS`,
    'Check --endpoint-url: it must be an AWS endpoint or an emulator of one.',
  );
}

/**
 * Asks STS who the session is: the first call of every run.
 * @throws FatalAwsError with one line that says what to do.
 */
export async function whoAmI(edge: AwsEdge, session: AwsSession, region: string): Promise<Caller> {
  const place = {
    service: 'sts',
    command: 'GetCallerIdentity',
    accountId: session.accountId,
    region,
  } as const;
  let answer: object;
  try {
    const client = await edge.clients.client(session, region, 'sts');
    answer = await sendTyped(client, new GetCallerIdentityCommand({}), edge.signal);
  } catch (error) {
    edge.ledger.result(place, { pages: 0, items: 0, outcome: 'error', error: errorShape(error).name });
    if (edge.signal.aborted) {
      throw new RunAborted('the run was stopped', { cause: error });
    }
    throw explain(error, edge, region);
  }
  const accountId = textProperty(answer, 'Account');
  const arn = textProperty(answer, 'Arn');
  const partition = /^arn:([a-z-]+):(?:iam|sts)::\d{12}:/.exec(arn ?? '')?.[1];
  if (accountId === null || !/^\d{12}$/.test(accountId) || arn === null || partition === undefined) {
    edge.ledger.result(place, { pages: 0, items: 0, outcome: 'error', error: 'NotAnAwsAnswer' });
    throw notAws(edge, region);
  }
  edge.ledger.result(place, { pages: 1, items: 1, outcome: 'ok' });
  return { accountId, arn, partition, userId: textProperty(answer, 'UserId') ?? '' };
}
