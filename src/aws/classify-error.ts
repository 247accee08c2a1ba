import type { Gap, GapReason } from '../model/gap.ts';
import type { ScopeUnit } from '../model/scope.ts';
import { denialOf } from './denial.ts';
import { type ErrorShape, errorShape } from './error-shape.ts';
import { CredentialsExpired, FatalAwsError } from './fatal-aws-error.ts';
import { NotAnAwsAnswer } from './not-an-aws-answer.ts';
import { redactText } from './redact-text.ts';
import { RoleNotAssumed } from './role-not-assumed.ts';
import { RunAborted } from './runtime.ts';

/** The call that failed. */
export interface FailedCall {
  /** `service:Operation`. */
  readonly operation: string;
  readonly unit: ScopeUnit;
  /** Region that was asked. */
  readonly region: string;
  /** The declared IAM action. */
  readonly permission: string;
  readonly resource?: string;
  readonly endpointUrl?: string;
}

export interface Failure {
  readonly gap: Gap;
  /** As the service gave it. */
  readonly errorName: string;
  readonly requestId: string | null;
  /** No answer came at all: the place may be dead, and asking again costs a time-out. */
  readonly noAnswer: boolean;
  /** Set when nothing more can be read: the run must end. */
  readonly fatal: FatalAwsError | null;
}

type Verdict = {
  readonly reason: GapReason;
  readonly detail: string;
  readonly retryable: boolean;
  readonly noAnswer?: boolean;
};

const throttled: ReadonlySet<string> = new Set([
  'BandwidthLimitExceeded',
  'LimitExceeded',
  'PriorRequestNotComplete',
  'RequestLimitExceeded',
  'RequestThrottled',
  'SlowDown',
  'Throttled',
  'Throttling',
  'TooManyRequests',
  'TransactionInProgress',
]);
const denied: ReadonlySet<string> = new Set([
  'AccessDenied',
  'Forbidden',
  'KMSAccessDenied',
  'NotAuthorized',
  'Unauthorized',
  'UnauthorizedOperation',
]);
const expired: ReadonlySet<string> = new Set(['ExpiredToken', 'RequestExpired', 'TokenRefreshRequired']);
const regionDisabled: ReadonlySet<string> = new Set([
  'AuthFailure',
  'InvalidClientTokenId',
  'OptInRequired',
  'UnrecognizedClient',
]);
const wrongAccount: ReadonlySet<string> = new Set([
  'AccountNotManagementOrDelegatedAdministrator',
  'CallerIsNotManagementAccount',
  'OperationNotPermitted',
  'OrganizationAccessDenied',
  'UnsupportedAPIEndpoint',
]);
const notInUse: ReadonlySet<string> = new Set([
  'AWSOrganizationsNotInUse',
  'InvalidAccess',
  'NoAvailableConfigurationRecorder',
  'SubscriptionRequired',
  'UnsupportedOperation',
]);
const wrongClock: ReadonlySet<string> = new Set(['RequestInTheFuture', 'RequestTimeTooSkewed']);
const noConnection: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

function place(call: FailedCall): string {
  return call.endpointUrl ?? call.region;
}

function networkVerdict(shape: ErrorShape, call: FailedCall): Verdict | null {
  const at = place(call);
  // Node's handler calls a reset connection a time-out too; its code tells the two apart.
  if (shape.code === 'ETIMEDOUT' || (shape.name === 'TimeoutError' && shape.code === null)) {
    return { reason: 'unreachable', detail: `${at} did not answer in time`, retryable: true, noAnswer: true };
  }
  if (shape.code === 'ENOTFOUND') {
    const detail = `the service's name does not resolve for ${at}: no such service in this region, or no DNS`;
    return { reason: 'unreachable', detail, retryable: true, noAnswer: true };
  }
  if (shape.code !== null && (noConnection.has(shape.code) || /CERT|TLS|SSL/.test(shape.code))) {
    return {
      reason: 'unreachable',
      detail: `no connection to ${at} (${shape.code})`,
      retryable: true,
      noAnswer: true,
    };
  }
  if (shape.message.includes('socket hang up')) {
    return { reason: 'unreachable', detail: `${at} closed the connection`, retryable: true, noAnswer: true };
  }
  return null;
}

function said(shape: ErrorShape): string {
  return `${shape.name}${shape.message === '' ? '' : `: ${shape.message}`}`;
}

function notAws(shape: ErrorShape, error: unknown): boolean {
  return (
    error instanceof NotAnAwsAnswer ||
    error instanceof SyntaxError ||
    shape.message.includes('Deserialization error')
  );
}

function verdictOf(error: unknown, shape: ErrorShape, call: FailedCall): Verdict {
  const network = networkVerdict(shape, call);
  if (network !== null) {
    return network;
  }
  if (throttled.has(shape.bareName) || shape.httpStatus === 429) {
    return { reason: 'throttled', detail: `still throttled after retries (${said(shape)})`, retryable: true };
  }
  if (regionDisabled.has(shape.bareName)) {
    const detail = `${call.region} does not accept this session: the region is not enabled for the account, or the credentials are no longer valid (${said(shape)})`;
    return { reason: 'unreachable', detail, retryable: false };
  }
  if (wrongAccount.has(shape.bareName)) {
    const detail = `answered only to the management account or a delegated administrator (${said(shape)})`;
    return { reason: 'access-denied', detail, retryable: false };
  }
  if (denied.has(shape.bareName)) {
    return { reason: 'access-denied', detail: said(shape), retryable: false };
  }
  if (notInUse.has(shape.bareName)) {
    return {
      reason: 'unsupported',
      detail: `the service is not in use here (${said(shape)})`,
      retryable: false,
    };
  }
  if (wrongClock.has(shape.bareName)) {
    return { reason: 'error', detail: `this machine's clock is wrong (${said(shape)})`, retryable: true };
  }
  if (shape.httpStatus !== null && shape.httpStatus >= 500 && shape.httpStatus !== 501) {
    return { reason: 'unreachable', detail: `${place(call)} failed: ${said(shape)}`, retryable: true };
  }
  if (notAws(shape, error)) {
    const detail = `the endpoint at ${place(call)} does not answer as AWS (${shape.message})`;
    return { reason: 'malformed', detail, retryable: false };
  }
  if (shape.httpStatus === 403) {
    return { reason: 'access-denied', detail: said(shape), retryable: false };
  }
  return { reason: 'error', detail: said(shape), retryable: false };
}

/** The session that signs every call is gone: the caller's own, never one account's alone. */
function fatalOf(error: unknown, shape: ErrorShape): FatalAwsError | null {
  if (error instanceof FatalAwsError) {
    return error;
  }
  if (expired.has(shape.bareName)) {
    return new CredentialsExpired(redactText(said(shape)), { cause: error });
  }
  if (shape.name === 'CredentialsProviderError' || shape.name === 'TokenProviderError') {
    return new FatalAwsError(
      `no usable credentials: ${redactText(shape.message)}`,
      'Sign in (for example `aws sso login`), or name a profile with --profile.',
      { cause: error },
    );
  }
  return null;
}

/**
 * The one place where trouble with AWS gets its name (design §8). A known absence is decided by the reader, which
 * knows what its caller holds for optional.
 */
export function classifyError(error: unknown, call: FailedCall): Failure {
  if (error instanceof RoleNotAssumed) {
    return { ...error.failure, gap: { ...error.failure.gap, unit: call.unit } };
  }
  const shape = errorShape(error);
  const fatal = fatalOf(error, shape);
  const verdict: Verdict =
    error instanceof RunAborted || shape.name === 'AbortError'
      ? { reason: 'aborted', detail: 'the run was stopped before an answer came', retryable: true }
      : fatal === null
        ? verdictOf(error, shape, call)
        : { reason: 'access-denied', detail: fatal.message, retryable: true };
  const denial = verdict.reason === 'access-denied' ? denialOf(shape, call.permission) : {};
  return {
    gap: {
      reason: verdict.reason,
      operation: call.operation,
      unit: call.unit,
      ...(call.resource === undefined ? {} : { resource: call.resource }),
      ...denial,
      detail: redactText(verdict.detail),
      retryable: verdict.retryable,
    },
    errorName: shape.name === 'Error' && shape.code !== null ? shape.code : shape.name,
    requestId: shape.requestId,
    noAnswer: verdict.noAnswer ?? false,
    fatal,
  };
}
