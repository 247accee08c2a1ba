export declare const MANAGEMENT_ACCOUNT: '111122223333';
export declare const SECURITY_ACCOUNT: '222233334444';
export declare const PRODUCTION_ACCOUNT: '333344445555';
export declare const DEVELOPMENT_ACCOUNT: '444455556666';

export interface EmulatorCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface EmulatorClientOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: EmulatorCredentials;
  readonly maxAttempts: number;
}

/** Every named field must match; a missing one or `*` matches all. Services carry botocore's names (sso-admin, accessanalyzer …). */
export interface FaultRule {
  readonly kind: 'deny' | 'throttle' | 'hang' | 'error500' | 'error';
  readonly service?: string;
  readonly operation?: string;
  readonly account?: string;
  readonly region?: string;
  readonly times?: number;
  /** For deny: which kind of policy the message names (identity-based, service control, resource …). */
  readonly policy?: string;
  readonly action?: string;
  readonly resource?: string;
  readonly message?: string;
  readonly code?: string;
  readonly status?: number;
}

export interface LogLine {
  readonly time: string;
  readonly service: string;
  readonly operation: string;
  readonly account: string;
  readonly region: string;
  readonly caller: string;
  readonly status: number;
  readonly layer: string;
  readonly milliseconds: number;
}

export interface EmulatorState {
  readonly accounts?: Readonly<
    Record<
      string,
      {
        readonly root?: {
          readonly passwordPresent?: boolean;
          readonly mfa?: boolean;
          readonly accessKeys?: readonly {
            readonly createdAt: string;
            readonly lastUsed?: string;
            readonly active?: boolean;
            readonly region?: string;
            readonly service?: string;
          }[];
          readonly signingCertificates?: number;
          readonly createdAt?: string;
          readonly passwordLastUsed?: string | null;
        };
        readonly regions?: Readonly<Record<string, string>>;
        /** Who the test's own credentials are; null: the incident responder's session. */
        readonly callerArn?: string | null;
        readonly users?: Readonly<Record<string, { readonly passwordLastUsed: string | null }>>;
        readonly roles?: Readonly<
          Record<string, { readonly lastUsed: string | null; readonly region?: string }>
        >;
        readonly accessKeys?: Readonly<
          Record<
            string,
            { readonly lastUsed: string | null; readonly region?: string; readonly service?: string }
          >
        >;
      }
    >
  >;
  readonly nextAccountIds?: readonly string[];
  readonly identityCenter?: { readonly account: string; readonly region: string };
  /** Account ids or role ARNs. */
  readonly assumeRoleRefused?: readonly string[];
  /** Largest page of every list, to exercise paging; null for the services' own. */
  readonly pageSize?: number | null;
  /** Directory users that somebody disabled in the console: no call does it. */
  readonly disabledDirectoryUsers?: readonly string[];
  /** Real callers need an allow, and trust policies and SCPs bind them. Default false: only explicit denies hold. */
  readonly enforcePermissions?: boolean;
  /** How long a credential report is served again; AWS: 14400. Default 0: always fresh. */
  readonly credentialReportMaxAgeSeconds?: number;
  /** Raw CloudTrail records, of which LookupEvents shows those of the asked account and region. Replaces earlier ones. */
  readonly events?: readonly Readonly<Record<string, unknown>>[];
  /** GuardDuty findings as GetFindings gives them; each names AccountId, Region and Id. Replaces earlier ones. */
  readonly findings?: readonly Readonly<Record<string, unknown>>[];
  readonly analyzers?: readonly {
    readonly account: string;
    readonly region: string;
    readonly name: string;
    readonly status: string;
    readonly statusReason?: string;
  }[];
}

/** A CloudTrail record as the layer writes it; `Record<string, unknown>` in its open parts. */
export interface TrailRecord {
  readonly eventID: string;
  readonly eventTime: string;
  readonly eventSource: string;
  readonly eventName: string;
  readonly awsRegion: string;
  readonly sourceIPAddress: string;
  readonly userAgent: string;
  readonly readOnly: boolean;
  readonly eventType: string;
  readonly recipientAccountId: string;
  readonly userIdentity: Readonly<Record<string, unknown>>;
  readonly requestParameters: Readonly<Record<string, unknown>> | null;
  readonly responseElements: Readonly<Record<string, unknown>> | null;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly sharedEventID?: string;
  readonly sessionCredentialFromConsole?: 'true';
}

export interface ConnectedEmulator {
  readonly url: string;
  setClock(time: string | null, options?: { readonly tick?: boolean }): Promise<unknown>;
  reset(seed?: number): Promise<unknown>;
  seedIds(seed: number): Promise<unknown>;
  setState(state: EmulatorState): Promise<unknown>;
  getState(): Promise<unknown>;
  setFaults(rules: readonly FaultRule[]): Promise<unknown>;
  clearFaults(): Promise<unknown>;
  layerLog(): Promise<readonly LogLine[]>;
  clearLog(): Promise<unknown>;
  trailRecords(options?: {
    readonly account?: string;
    readonly since?: string;
  }): Promise<readonly TrailRecord[]>;
  addTrailRecords(records: readonly Readonly<Record<string, unknown>>[]): Promise<unknown>;
  clearTrail(): Promise<unknown>;
  signIn(as: {
    readonly userId: string;
    readonly accountId: string;
    readonly permissionSetArn: string;
  }): Promise<unknown>;
  ready(): Promise<{ readonly ready: true; readonly answers: readonly string[] }>;
  credentialsFor(accountId: string): EmulatorCredentials;
  clientOptions(accountId: string, region?: string, credentials?: EmulatorCredentials): EmulatorClientOptions;
}

export interface Emulator extends ConnectedEmulator {
  complaints(): string;
  stop(): Promise<void>;
}

export declare const connectEmulator: (url: string) => ConnectedEmulator;
export declare const startEmulator: (options?: {
  readonly port?: number;
  readonly log?: (line: string) => void;
}) => Promise<Emulator>;
