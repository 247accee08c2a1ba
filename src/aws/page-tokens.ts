import { property, textProperty } from './error-shape.ts';
import type { ServiceName } from './operation.ts';

interface TokenNames {
  readonly input: string;
  readonly output: string;
}

const nextToken: TokenNames = { input: 'NextToken', output: 'NextToken' };

/** What each service calls its page token. Not every list has an SDK paginator, so all go through one loop. */
const tokenNames: Readonly<Record<ServiceName, TokenNames>> = {
  accessanalyzer: { input: 'nextToken', output: 'nextToken' },
  account: nextToken,
  'api-gateway': { input: 'position', output: 'position' },
  apigatewayv2: nextToken,
  cloudtrail: nextToken,
  cloudwatch: nextToken,
  'cloudwatch-logs': { input: 'nextToken', output: 'nextToken' },
  eventbridge: nextToken,
  guardduty: nextToken,
  iam: { input: 'Marker', output: 'Marker' },
  identitystore: nextToken,
  lambda: { input: 'Marker', output: 'NextMarker' },
  organizations: nextToken,
  s3: { input: 'ContinuationToken', output: 'NextContinuationToken' },
  'sso-admin': nextToken,
  sts: nextToken,
};

export type NextPage =
  | { readonly kind: 'last' }
  | { readonly kind: 'token'; readonly token: string }
  /** The answer says that there is more, but not how to ask for it. */
  | { readonly kind: 'lost' };

export function nextPage(service: ServiceName, output: object): NextPage {
  const token = textProperty(output, tokenNames[service].output);
  // IAM spells its flag `IsTruncated`, one operation of it `isTruncated`; a stale marker may stand beside `false`.
  const truncated = property(output, 'IsTruncated') ?? property(output, 'isTruncated');
  if (truncated === false) {
    return { kind: 'last' };
  }
  if (token !== null) {
    return { kind: 'token', token };
  }
  return truncated === true ? { kind: 'lost' } : { kind: 'last' };
}

export function withToken<Input extends object>(service: ServiceName, input: Input, token: string): Input {
  return { ...input, [tokenNames[service].input]: token };
}
