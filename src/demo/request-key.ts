/** What tells one recorded call from another. */
export interface RequestKey {
  /** Signing name of the service (`iam`, `sso`, `apigateway`). */
  readonly service: string;
  /** `ListUsers`, or method and path for REST services. */
  readonly operation: string;
  readonly accountId: string;
  readonly region: string;
  /** Canonical input: sorted, without what changes from run to run. */
  readonly input: string;
}

export interface WireRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** Access keys of the demo tell their account: `ASIADEMO` or `AKIADEMO` and its twelve digits. */
export function demoAccessKeyId(kind: 'AKIA' | 'ASIA', accountId: string): string {
  return `${kind}DEMO${accountId}`;
}

const credentialScope = /Credential=([A-Z0-9]+)\/\d{8}\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request/;
const demoKey = /^A[KS]IADEMO(\d{12})$/;
/** Differ between runs and say nothing about what is asked. */
const volatileInput: ReadonlySet<string> = new Set([
  'RoleSessionName',
  'Version',
  'Action',
  'DurationSeconds',
]);

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
    return Object.fromEntries(entries.map(([name, child]) => [name, sorted(child)]));
  }
  return value;
}

function canonicalQuery(parameters: URLSearchParams): string {
  return [...parameters]
    .filter(([name]) => !volatileInput.has(name))
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('&');
}

function canonicalJson(body: string): string {
  if (body === '') {
    return '';
  }
  try {
    return JSON.stringify(sorted(JSON.parse(body)));
  } catch {
    return body;
  }
}

function headerOf(request: WireRequest, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : (value?.[0] ?? '');
}

/** Null when the request is not signed with a demo key: then nothing may be answered. */
export function requestKey(request: WireRequest): RequestKey | null {
  const [, accessKeyId = '', region = '', service = ''] =
    credentialScope.exec(headerOf(request, 'authorization')) ?? [];
  const accountId = demoKey.exec(accessKeyId)?.[1];
  if (accountId === undefined) {
    return null;
  }
  const url = new URL(request.url, 'http://demo.invalid');
  const target = headerOf(request, 'x-amz-target');
  if (target !== '') {
    const operation = target.slice(target.lastIndexOf('.') + 1);
    return { service, operation, accountId, region, input: canonicalJson(request.body) };
  }
  if (headerOf(request, 'content-type').startsWith('application/x-www-form-urlencoded')) {
    const form = new URLSearchParams(request.body);
    return { service, operation: form.get('Action') ?? '', accountId, region, input: canonicalQuery(form) };
  }
  const input = [canonicalQuery(url.searchParams), canonicalJson(request.body)]
    .filter((part) => part !== '')
    .join(' ');
  return { service, operation: `${request.method} ${decodeURI(url.pathname)}`, accountId, region, input };
}

export function keyText(key: RequestKey): string {
  return [key.service, key.operation, key.accountId, key.region, key.input].join(' | ');
}
