/** From worst to mildest; the order is the sort order. */
export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof severities)[number];

export function severityRank(severity: Severity): number {
  return severities.indexOf(severity);
}

export function worseSeverity(left: Severity, right: Severity): Severity {
  return severityRank(left) <= severityRank(right) ? left : right;
}
