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

export interface DetectionEvidence {
  /** All trails visible in the account, organization trails of the management account included. */
  'cloudtrail.trails': readonly Trail[];
  'access-analyzer.analyzers': readonly Analyzer[];
}
