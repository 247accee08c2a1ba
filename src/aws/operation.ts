/** AWS services that afterleak reads, by the name of their SDK client package. */
const serviceNames = [
  'accessanalyzer',
  'account',
  'api-gateway',
  'apigatewayv2',
  'cloudtrail',
  'cloudwatch',
  'cloudwatch-logs',
  'eventbridge',
  'guardduty',
  'iam',
  'identitystore',
  'lambda',
  'organizations',
  's3',
  'sso-admin',
  'sts',
] as const;

export type ServiceName = (typeof serviceNames)[number];

/** One read that a collector declares; everything it does not declare is refused before it leaves the machine. */
export interface Operation {
  readonly service: ServiceName;
  /** SDK command without its suffix: `ListUsers`. */
  readonly command: string;
  /** IAM action that allows it: `iam:ListUsers`. */
  readonly permission: string;
  /** ARN patterns for the policy that we hand out (with `{partition}`); without it `*`. */
  readonly resources?: readonly string[];
}
