/**
 * Ids of earlier versions to those of today's; null = the recommendation was dropped. Only those are listed that a check
 * of ours ever named: old exports join by them. CIS renumbers its recommendations with every version.
 */
export const outdatedControls: Readonly<
  Record<string, { readonly now: string; readonly ids: Readonly<Record<string, string | null>> }>
> = {
  'CIS AWS 5.0': {
    now: 'CIS AWS 7.0',
    ids: {
      '1.3': '2.4',
      '1.4': '2.5',
      '1.7': '2.8',
      '1.8': '2.9',
      '1.9': '2.10',
      '1.11': '2.11',
      '1.12': null,
      '1.13': '2.12',
      '1.15': '2.14',
      '1.19': '2.18',
      '3.1': '4.1',
      '3.2': '4.2',
      '4.3': '5.3',
      '4.5': '5.5',
      '4.15': '5.15',
    },
  },
  'CIS AWS 6.0': {
    now: 'CIS AWS 7.0',
    ids: {
      '2.3': '2.4',
      '2.4': '2.5',
      '2.7': '2.8',
      '2.8': '2.9',
      '2.9': '2.10',
      '2.11': '2.11',
      '2.12': null,
      '2.13': '2.12',
      '2.15': '2.14',
      '2.19': '2.18',
      '2.20': '2.19',
      '4.1': '4.1',
      '4.2': '4.2',
      '5.3': '5.3',
      '5.5': '5.5',
      '5.15': '5.15',
    },
  },
  'NIST 800-53 r4': { now: 'NIST 800-53 r5', ids: {} },
  'NIST CSF 1.1': { now: 'NIST CSF 2.0', ids: {} },
};
