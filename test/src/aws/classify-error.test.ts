import { describe, expect, test } from '@jest/globals';
import { classifyError } from '../../../src/aws/classify-error.ts';
import { CredentialsExpired, FatalAwsError } from '../../../src/aws/fatal-aws-error.ts';
import { NotAnAwsAnswer } from '../../../src/aws/not-an-aws-answer.ts';
import { RunAborted } from '../../../src/aws/runtime.ts';
import type { DenyingPolicy, GapReason } from '../../../src/model/gap.ts';
import { regionUnit } from '../../../src/model/scope.ts';

const unit = regionUnit('aws', '111122223333', 'eu-central-1');
const call = {
  operation: 'lambda:ListFunctions',
  unit,
  region: 'eu-central-1',
  permission: 'lambda:ListFunctions',
  resource: 'arn:aws:lambda:eu-central-1:111122223333:function:x',
};

function serviceError(name: string, message = '', httpStatusCode = 400): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode, requestId: 'request-1' } });
}

function networkError(code: string, message = code): Error {
  return Object.assign(new Error(message), { code });
}

const reasons: readonly (readonly [string, unknown, GapReason, boolean])[] = [
  ['IAM throttle', serviceError('Throttling', 'Rate exceeded'), 'throttled', true],
  ['Organizations throttle', serviceError('TooManyRequestsException'), 'throttled', true],
  ['status 429 of any name', serviceError('Odd', '', 429), 'throttled', true],
  ['quota error that means throttling', serviceError('LimitExceededException'), 'throttled', true],
  ['time-out', Object.assign(new Error('timed out'), { name: 'TimeoutError' }), 'unreachable', true],
  ['connection time-out', networkError('ETIMEDOUT'), 'unreachable', true],
  ['refused connection', networkError('ECONNREFUSED'), 'unreachable', true],
  ['reset connection', networkError('ECONNRESET'), 'unreachable', true],
  ['no such host', networkError('ENOTFOUND'), 'unreachable', true],
  [
    'wrapped text of a network error',
    new Error('AWS SDK error wrapper for Error: connect ECONNREFUSED 192.0.2.1:443'),
    'unreachable',
    true,
  ],
  ['both address families failed', new AggregateError([networkError('EHOSTUNREACH')]), 'unreachable', true],
  ['certificate', networkError('DEPTH_ZERO_SELF_SIGNED_CERT'), 'unreachable', true],
  ['hang up', new Error('socket hang up'), 'unreachable', true],
  ['service down', serviceError('ServiceFailureException', 'sorry', 503), 'unreachable', true],
  ['region off', serviceError('OptInRequired'), 'unreachable', false],
  ['region off, JSON', serviceError('UnrecognizedClientException', '', 403), 'unreachable', false],
  ['region off, query', serviceError('InvalidClientTokenId', '', 403), 'unreachable', false],
  ['region off, older', serviceError('AuthFailure', '', 401), 'unreachable', false],
  ['denied, query', serviceError('AccessDenied', '', 403), 'access-denied', false],
  ['denied, JSON', serviceError('AccessDeniedException'), 'access-denied', false],
  ['denied, REST', serviceError('ForbiddenException', '', 403), 'access-denied', false],
  ['denied by name unknown', serviceError('Surprise', '', 403), 'access-denied', false],
  [
    'wrong account',
    serviceError('AccountNotManagementOrDelegatedAdministratorException'),
    'access-denied',
    false,
  ],
  ['service not in use', serviceError('AWSOrganizationsNotInUseException'), 'unsupported', false],
  ['not subscribed', serviceError('SubscriptionRequiredException', '', 403), 'unsupported', false],
  ['page of HTML', new NotAnAwsAnswer('status 200 with a page of HTML'), 'malformed', false],
  ['no JSON', new SyntaxError('Unexpected token <'), 'malformed', false],
  ['unrecorded operation', serviceError('NotImplemented', '', 501), 'error', false],
  ['clock', serviceError('RequestTimeTooSkewed', '', 403), 'error', true],
  ['not there, but not optional', serviceError('ResourceNotFoundException', '', 404), 'error', false],
  ['bad input', serviceError('ValidationException'), 'error', false],
  ['aborted', Object.assign(new Error('Request aborted'), { name: 'AbortError' }), 'aborted', true],
  ['stopped', new RunAborted('the run was stopped'), 'aborted', true],
  ['thrown text', 'oops', 'error', false],
  ['nothing', undefined, 'error', false],
];

test.each(reasons)('%s', (_name, error, reason, retryable) => {
  const { gap, fatal } = classifyError(error, call);
  expect(gap).toMatchObject({ reason, retryable, operation: call.operation, unit, resource: call.resource });
  expect(gap.detail).not.toBe('');
  expect(fatal).toBeNull();
});

const subject =
  'User: arn:aws:sts::111122223333:assumed-role/audit/x is not authorized to perform: lambda:ListFunctions on resource: *';
const denials: readonly (readonly [string, string, DenyingPolicy | undefined, string])[] = [
  [
    'SCP',
    `${subject} with an explicit deny in a service control policy: arn:aws:organizations::1:policy/p-1`,
    'service-control-policy',
    'lambda:ListFunctions',
  ],
  [
    'SCP that allows nothing',
    `${subject} because no service control policy allows the lambda:ListFunctions action`,
    'service-control-policy',
    'lambda:ListFunctions',
  ],
  [
    'RCP',
    `${subject} with an explicit deny in a resource control policy`,
    'resource-control-policy',
    'lambda:ListFunctions',
  ],
  [
    'boundary',
    `${subject} because no permissions boundary allows the action`,
    'permissions-boundary',
    'lambda:ListFunctions',
  ],
  [
    'session',
    `${subject} because no session policy allows the action`,
    'session-policy',
    'lambda:ListFunctions',
  ],
  [
    'identity',
    `${subject} because no identity-based policy allows the action`,
    'identity-policy',
    'lambda:ListFunctions',
  ],
  [
    'resource',
    `${subject} with an explicit deny in a resource-based policy`,
    'resource-policy',
    'lambda:ListFunctions',
  ],
  [
    'endpoint',
    `${subject} with an explicit deny in a VPC endpoint policy`,
    'vpc-endpoint-policy',
    'lambda:ListFunctions',
  ],
  [
    'key',
    'User: x is not authorized to perform: kms:Decrypt on the resource associated with this ciphertext',
    'kms-key-policy',
    'kms:Decrypt',
  ],
  [
    'key, by the caller',
    'User: x is not authorized to perform: kms:Decrypt because no identity-based policy allows the kms:Decrypt action',
    'identity-policy',
    'kms:Decrypt',
  ],
  ['unknown', 'You do not have access.', undefined, 'lambda:ListFunctions'],
];

test.each(denials)('denied by: %s', (_name, message, deniedBy, permission) => {
  const { gap } = classifyError(serviceError('AccessDeniedException', message, 403), call);
  expect(gap.reason).toBe('access-denied');
  expect(gap.permission).toBe(permission);
  expect(gap.deniedBy).toBe(deniedBy);
});

describe('what ends the run', () => {
  test.each(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired'])('%s', (name) => {
    expect(classifyError(serviceError(name, '', 403), call).fatal).toBeInstanceOf(CredentialsExpired);
  });

  test('a provider without credentials', () => {
    const { fatal } = classifyError(
      serviceError('CredentialsProviderError', 'Could not load credentials from any providers'),
      call,
    );
    expect(fatal).toBeInstanceOf(FatalAwsError);
    expect(fatal?.next).toContain('--profile');
  });
});

test('the detail keeps the reason and drops the secrets', () => {
  const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKE1';
  const { gap } = classifyError(
    serviceError(
      'ValidationException',
      `bad token\nsecretAccessKey=${secret} and ${secret} of AKIAIOSFODNN7EXAMPLE`,
    ),
    call,
  );
  expect(gap.detail).toContain('ValidationException: bad token');
  expect(gap.detail).not.toContain(secret);
  expect(gap.detail).not.toContain('AKIAIOSFODNN7EXAMPLE');
  expect(gap.detail).not.toContain('\n');
});

test('only a missing answer counts against the place', () => {
  expect(classifyError(networkError('ECONNRESET'), call).noAnswer).toBe(true);
  expect(classifyError(serviceError('OptInRequired'), call).noAnswer).toBe(false);
  expect(classifyError(serviceError('Throttling'), call).noAnswer).toBe(false);
});
