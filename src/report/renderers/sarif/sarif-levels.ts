import type { Severity } from '../../../model/severity.ts';

export const sarifLevels = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
} as const satisfies Record<Severity, 'error' | 'warning' | 'note'>;

/** GitHub reads: above 9.0 critical, from 7.0 high, from 4.0 medium, below that low. A rule without it is no security rule. */
export const securitySeverities = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.5',
  info: '0.5',
} as const satisfies Record<Severity, string>;
