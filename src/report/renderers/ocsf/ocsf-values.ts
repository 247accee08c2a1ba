import type { AuditResult } from '../../../model/audit-result.ts';
import type { Severity } from '../../../model/severity.ts';
import { shown } from '../../machine/shown-text.ts';

/** The version whose schema the tests hold every event against. */
export const ocsfVersion = '1.8.0';

export const ocsfSeverities = {
  info: { severity_id: 1, severity: 'Informational' },
  low: { severity_id: 2, severity: 'Low' },
  medium: { severity_id: 3, severity: 'Medium' },
  high: { severity_id: 4, severity: 'High' },
  critical: { severity_id: 5, severity: 'Critical' },
} as const satisfies Record<Severity, { readonly severity_id: number; readonly severity: string }>;

const valueCharacters = 600;

export function value(text: string): string {
  return shown(text, valueCharacters);
}

/** A field that is left out when there is nothing to say. */
export function optional(name: string, text: string | null | undefined): Readonly<Record<string, string>> {
  return text === null || text === undefined || text === '' ? {} : { [name]: value(text) };
}

/** Milliseconds since 1970, or null for what is no time. */
export function milliseconds(time: string): number | null {
  const parsed = Date.parse(time);
  return Number.isNaN(parsed) ? null : parsed;
}

/** When the facts were true: never the clock, so that rendering twice gives the same bytes. */
export function evidenceTime({ asOf, collection }: AuditResult): number {
  return milliseconds(asOf) ?? milliseconds(collection.endedAt) ?? 0;
}

const v4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.|$)){4}$/;

/** CloudTrail's source is an address or the name of an AWS service. */
export function isAddress(text: string): boolean {
  return (
    (v4.test(text) && !text.endsWith('.')) ||
    (/^[0-9A-Fa-f:]{2,39}$/.test(text) && URL.canParse(`http://[${text}]/`))
  );
}
