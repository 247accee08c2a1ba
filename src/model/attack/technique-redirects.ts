/**
 * Ids of earlier versions of ATT&CK to those of version 19. T1562 (Impair Defenses) was revoked with all its children;
 * rules, reports and exports of others still bear them, and without this table old and new do not join.
 * An older id that leads to one of them leads on to where that one leads.
 */
export const techniqueRedirects: Readonly<Record<string, string>> = {
  // Revoked by version 19.
  T1562: 'T1685',
  'T1562.001': 'T1685',
  'T1562.002': 'T1685.001',
  'T1562.003': 'T1690',
  'T1562.004': 'T1686',
  'T1562.006': 'T1685',
  'T1562.007': 'T1686.001',
  'T1562.008': 'T1685.002',
  'T1562.009': 'T1688',
  'T1562.010': 'T1689',
  'T1562.011': 'T1685.003',
  'T1562.012': 'T1685.004',
  'T1562.013': 'T1686.002',
  T1656: 'T1684.001',
  T1672: 'T1684.002',
  'T1070.001': 'T1685.005',
  'T1070.002': 'T1685.006',
  // Revoked long before, and still met in rules for clouds.
  T1054: 'T1562.006',
  T1081: 'T1552.001',
  T1089: 'T1562.001',
  T1522: 'T1552.005',
  T1527: 'T1550.001',
  T1536: 'T1578.004',
};

/** The id that version 19 uses; the same id where it was not redirected. */
export function currentTechnique(id: string): string {
  let current = id;
  while (Object.hasOwn(techniqueRedirects, current)) {
    current = techniqueRedirects[current] ?? current;
  }
  return current;
}
