/** What an error of the SDK, of Node's network layer or of ours tells, read without trusting its shape. */
export interface ErrorShape {
  readonly name: string;
  /** Name without `Exception`/`Fault`: query protocols and JSON protocols spell the same error differently. */
  readonly bareName: string;
  readonly message: string;
  /** Node's error code: ECONNRESET, ENOTFOUND … */
  readonly code: string | null;
  readonly httpStatus: number | null;
  readonly requestId: string | null;
}

export function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

export function textProperty(value: unknown, name: string): string | null {
  const found = property(value, name);
  return typeof found === 'string' && found !== '' ? found : null;
}

export function bareErrorName(name: string): string {
  return name.replace(/(?:Exception|Fault)$/, '');
}

/** Connection errors arrive wrapped (`AggregateError` of both address families, `cause`): the innermost code counts. */
function codeOf(error: unknown, depth = 0): string | null {
  const own = textProperty(error, 'code');
  if (own !== null || depth > 4) {
    return own;
  }
  const inner = property(error, 'errors');
  const first: unknown = Array.isArray(inner) ? inner[0] : property(error, 'cause');
  return first === undefined ? null : codeOf(first, depth + 1);
}

/** The SDK wraps what it does not know and keeps the text alone: `connect ECONNREFUSED 192.0.2.1:443`. */
function codeInMessage(message: string): string | null {
  return /\b(?:connect|read|write|getaddrinfo) (E[A-Z_]{3,})\b/.exec(message)?.[1] ?? null;
}

export function errorShape(error: unknown): ErrorShape {
  const metadata = property(error, '$metadata');
  const status = property(metadata, 'httpStatusCode') ?? property(property(error, '$response'), 'statusCode');
  const headers = property(property(error, '$response'), 'headers');
  const name = textProperty(error, 'name') ?? 'Error';
  const message = textProperty(error, 'message') ?? textProperty(error, 'Message') ?? '';
  return {
    name,
    bareName: bareErrorName(name),
    message,
    code: codeOf(error) ?? codeInMessage(message),
    httpStatus: typeof status === 'number' ? status : null,
    requestId:
      textProperty(metadata, 'requestId') ??
      textProperty(headers, 'x-amzn-requestid') ??
      textProperty(headers, 'x-amz-request-id'),
  };
}
