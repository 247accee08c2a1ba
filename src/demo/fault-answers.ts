import type { RequestKey } from './request-key.ts';

export type FaultKind = 'deny' | 'throttle';

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const jsonTargets: ReadonlySet<string> = new Set(['organizations', 'sso', 'identitystore', 'cloudtrail']);

function queryError(status: number, code: string, message: string): WireAnswer {
  const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>fault</RequestId></ErrorResponse>`;
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

function jsonError(status: number, code: string, message: string): WireAnswer {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': code },
    body: JSON.stringify({ __type: code, message }),
  };
}

/** An error as the service would send it: each protocol has its own form and its own name for a throttle. */
export function faultAnswer(kind: FaultKind, key: RequestKey): WireAnswer {
  const query = key.service === 'iam' || key.service === 'sts';
  if (kind === 'deny') {
    const message = `User: arn:aws:iam::${key.accountId}:user/demo is not authorized to perform: ${key.service}:${key.operation} because no identity-based policy allows the action`;
    return query
      ? queryError(403, 'AccessDenied', message)
      : jsonError(jsonTargets.has(key.service) ? 400 : 403, 'AccessDeniedException', message);
  }
  if (query) {
    return queryError(400, 'Throttling', 'Rate exceeded');
  }
  return jsonTargets.has(key.service)
    ? jsonError(
        400,
        key.service === 'organizations' ? 'TooManyRequestsException' : 'ThrottlingException',
        'Rate exceeded',
      )
    : jsonError(429, 'TooManyRequestsException', 'Rate exceeded');
}
