import type { AuditResult, ResultCheck } from '../../../model/audit-result.ts';
import { evidenceTime, ocsfVersion, optional, value } from './ocsf-values.ts';

/** 2004 for what an incident left or altered, 2003 for standing weaknesses and for what could not be judged. */
export const ocsfClasses = {
  detection: { class_uid: 2004, class_name: 'Detection Finding' },
  compliance: { class_uid: 2003, class_name: 'Compliance Finding' },
} as const;
export type OcsfClass = keyof typeof ocsfClasses;

const activities = {
  create: { activity_id: 1, activity_name: 'Create' },
  update: { activity_id: 2, activity_name: 'Update' },
  close: { activity_id: 3, activity_name: 'Close' },
} as const;
export type OcsfActivity = keyof typeof activities;

export interface OcsfContext {
  readonly result: AuditResult;
  readonly time: number;
  readonly checks: ReadonlyMap<string, ResultCheck>;
  readonly accountNames: ReadonlyMap<string, string | null>;
}

export function ocsfContext(result: AuditResult): OcsfContext {
  return {
    result,
    time: evidenceTime(result),
    checks: new Map(result.checks.map((check) => [check.id, check])),
    accountNames: new Map(result.coverage.byAccount.map(({ accountId, name }) => [accountId, name])),
  };
}

/** What every event says of itself. */
export function eventBase(kind: OcsfClass, activity: OcsfActivity): object {
  const { class_uid, class_name } = ocsfClasses[kind];
  const { activity_id, activity_name } = activities[activity];
  return {
    activity_id,
    activity_name,
    category_uid: 2,
    category_name: 'Findings',
    class_uid,
    class_name,
    type_uid: class_uid * 100 + activity_id,
    type_name: `${class_name}: ${activity_name}`,
  };
}

export function metadataOf({ result }: OcsfContext, uid: string): object {
  const incident = result.incident?.['id'];
  return {
    version: ocsfVersion,
    product: {
      name: result.tool.name,
      vendor_name: result.tool.name,
      version: result.tool.version,
      feature: { name: 'audit' },
    },
    profiles: ['cloud'],
    uid: value(`${result.evidenceDigest.slice(0, 16)}:${uid}`),
    event_code: value(uid),
    ...optional('correlation_uid', typeof incident === 'string' ? incident : null),
    ...optional('tenant_uid', result.organizationId),
    original_time: value(result.asOf),
    log_name: 'result.json',
    ...(result.evidenceBanner === null ? {} : { labels: [value(result.evidenceBanner)] }),
  };
}

/** The cloud profile: where it is. */
export function cloudOf(
  { result, accountNames }: OcsfContext,
  accountId: string | null,
  region: string | null,
): object {
  const account =
    accountId === null
      ? {}
      : {
          account: {
            uid: value(accountId),
            ...optional('name', accountNames.get(accountId)),
            type: 'AWS Account',
            type_id: 10,
          },
        };
  return {
    provider: 'AWS',
    cloud_partition: value(result.partition),
    ...account,
    ...(result.organizationId === null ? {} : { org: { uid: value(result.organizationId) } }),
    ...optional('region', region),
  };
}

/** ATT&CK as the check names it: `T1098.001` is a sub-technique of `T1098`. */
export function attacksOf(check: ResultCheck | undefined): object {
  const techniques = check?.techniques ?? [];
  return techniques.length === 0
    ? {}
    : {
        attacks: techniques.map((id) => {
          const [technique = ''] = id.split('.');
          return technique === id
            ? { technique: { uid: value(id) } }
            : { technique: { uid: value(technique) }, sub_technique: { uid: value(id) } };
        }),
      };
}

export function analyticOf(id: string, check: ResultCheck | undefined, version: string): object {
  return {
    uid: value(id),
    ...optional('name', check?.title),
    ...optional('desc', check?.description),
    category: value(id.split('/')[0] ?? id),
    type: 'Rule',
    type_id: 1,
    version,
  };
}

/** Frameworks and the controls in them, and how it stands. */
export function complianceOf(
  id: string,
  check: ResultCheck | undefined,
  status: { readonly status_id: number; readonly status: string; readonly details: readonly string[] },
): object {
  const frameworks = Object.entries(check?.frameworks ?? {});
  return {
    compliance: {
      control: value(check?.title ?? id),
      status_id: status.status_id,
      status: status.status,
      ...(status.details.length === 0 ? {} : { status_details: status.details.map(value) }),
      ...(frameworks.length === 0
        ? {}
        : {
            standards: frameworks.map(([name]) => value(name)),
            requirements: frameworks.flatMap(([name, ids]) => ids.map((one) => value(`${name} ${one}`))),
          }),
    },
  };
}
