export interface TrailSelectors {
  /** Basic selectors. */
  readonly basic: readonly {
    readonly readWriteType: string;
    readonly includeManagementEvents: boolean;
    readonly excludedSources: readonly string[];
  }[];
  readonly advanced: readonly {
    readonly name: string | null;
    readonly fields: readonly {
      readonly field: string;
      readonly operator: string;
      readonly values: readonly string[];
    }[];
  }[];
}

export interface Trail {
  readonly arn: string;
  readonly name: string;
  readonly homeRegion: string;
  readonly ownerAccountId: string;
  readonly multiRegion: boolean;
  readonly organizationTrail: boolean;
  readonly globalServiceEvents: boolean;
  readonly logFileValidation: boolean;
  readonly bucketName: string | null;
  readonly kmsKeyId: string | null;
  readonly logging: boolean;
  readonly startedAt: string | null;
  readonly stoppedAt: string | null;
  readonly latestDeliveryAt: string | null;
  readonly latestDeliveryError: string | null;
  readonly selectors: TrailSelectors;
}

export interface Analyzer {
  readonly arn: string;
  readonly name: string;
  readonly type: string;
  readonly status: string;
  /** For example AWS_SERVICE_ACCESS_DISABLED. */
  readonly statusReason: string | null;
  readonly createdAt: string | null;
  /** Set where a service, not the customer, owns the analyzer. */
  readonly managedBy: string | null;
}

/** An EventBridge rule of the default bus that waits for events; schedules are none. */
export interface EventRule {
  readonly arn: string;
  readonly name: string;
  readonly region: string;
  /** JSON as written. */
  readonly pattern: string;
  readonly enabled: boolean;
  /** Set where a service, not the customer, owns the rule. */
  readonly managedBy: string | null;
  /** ARNs; empty for rules that are off or of a service, which are not asked. */
  readonly targets: readonly string[];
}

/** A metric filter of a log group. */
export interface MetricFilter {
  readonly name: string;
  readonly region: string;
  readonly logGroupName: string;
  readonly pattern: string;
  readonly metrics: readonly { readonly namespace: string; readonly name: string }[];
}

/** An alarm on metrics that are not AWS's own; those of a service's load are left out. */
export interface MetricAlarm {
  readonly arn: string;
  readonly name: string;
  readonly region: string;
  readonly metrics: readonly { readonly namespace: string; readonly name: string }[];
  /** True when somebody is told: actions are on and there is one. */
  readonly acts: boolean;
}

export interface DetectionEvidence {
  /** All trails visible in the account, organization trails of the management account included. */
  'cloudtrail.trails': readonly Trail[];
  'access-analyzer.analyzers': readonly Analyzer[];
  /** Of the management account, in every enabled region. */
  'event-bridge.rules': readonly EventRule[];
  /** Of the management account, in every enabled region. */
  'cloud-watch.metric-filters': readonly MetricFilter[];
  /** Of the management account, in every enabled region. */
  'cloud-watch.alarms': readonly MetricAlarm[];
}
