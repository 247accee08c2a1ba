import { beforeAll, describe, expect, test } from '@jest/globals';
import { loadChecks } from '../../../../src/engine/load-checks.ts';
import { validateCheck } from '../../../../src/engine/validate-check.ts';
import { techniqueOf, techniques } from '../../../../src/model/attack/techniques.ts';
import type { AnyCheck } from '../../../../src/model/check.ts';
import { compareControlIds, controlOf, frameworks } from '../../../../src/model/compliance/frameworks.ts';
import { mappingProblems } from '../../../../src/model/compliance/mapping-problems.ts';
import { outdatedControls } from '../../../../src/model/compliance/outdated-controls.ts';

let checks: readonly AnyCheck[] = [];

beforeAll(async () => {
  checks = await loadChecks();
});

describe('mapping of a check', () => {
  test.each([
    [{ techniques: ['T1098.003'], frameworks: { 'CIS AWS 7.0': ['2.14'] } }, []],
    [
      { techniques: ['T1562.008'], frameworks: {} },
      ['ATT&CK technique T1562.008 was revoked: version 19 calls it T1685.002'],
    ],
    [
      { techniques: ['T1089'], frameworks: {} },
      ['ATT&CK technique T1089 was revoked: version 19 calls it T1685'],
    ],
    [{ techniques: ['T9999'], frameworks: {} }, ['unknown ATT&CK technique T9999']],
    [{ techniques: ['T1078', 'T1078'], frameworks: {} }, ['T1078 is named twice']],
    [
      { techniques: [], frameworks: { 'CIS AWS 5.0': ['1.3', '1.12', '9.9'] } },
      [
        'CIS AWS 5.0 1.3 is outdated, CIS AWS 7.0 holds: now 2.4',
        'CIS AWS 5.0 1.12 is outdated, CIS AWS 7.0 holds: it was dropped',
        'CIS AWS 5.0 9.9 is outdated, CIS AWS 7.0 holds: see the newer version',
      ],
    ],
    [
      { techniques: [], frameworks: { 'CIS AWS 7.0': ['1.3'] } },
      ['CIS AWS 7.0 has no control 1.3 in the tables'],
    ],
    [{ techniques: [], frameworks: { 'NIST 800-53 R5': ['AC-2'] } }, ['unknown framework NIST 800-53 R5']],
    [
      { techniques: [], frameworks: { 'NIST CSF 2.0': ['PR.AA-05', 'PR.AA-05'] } },
      ['NIST CSF 2.0 PR.AA-05 is named twice'],
    ],
  ])('%j', (mapped, problems) => {
    expect(mappingProblems(mapped)).toEqual(problems);
  });

  test('an outdated id keeps a check from being loaded, and the redirect is named', () => {
    const [check] = checks;
    expect(check).toBeDefined();
    const candidate = { ...check, meta: { ...check?.meta, techniques: ['T1562.001'] } };
    expect(() => validateCheck(candidate, check?.meta.id ?? '')).toThrow(/T1562\.001 was revoked.*T1685/);
  });
});

describe('the catalogue', () => {
  test('every check maps to NIST 800-53, to NIST CSF and to ATT&CK', () => {
    const wanting = checks.filter(
      ({ meta }) =>
        (meta.frameworks['NIST 800-53 r5'] ?? []).length === 0 ||
        (meta.frameworks['NIST CSF 2.0'] ?? []).length === 0 ||
        meta.techniques.length === 0,
    );
    expect(checks.length).toBeGreaterThan(100);
    expect(wanting.map(({ meta }) => meta.id)).toEqual([]);
  });

  test('a framework of which only part is listed lists nothing that no check looks at', () => {
    const pseudo = ['ID.RA-06', 'RC.RP-05'];
    const used = new Set(checks.flatMap(({ meta }) => Object.values(meta.frameworks).flat()));
    const idle = frameworks
      .filter(({ whole }) => !whole)
      .flatMap(({ controls }) => controls.map(({ id }) => id))
      .filter((id) => !used.has(id) && !pseudo.includes(id));
    expect(idle).toEqual([]);
  });

  test('CIS recommendations that name a setting exactly are either covered or say what lies beyond', () => {
    const cis = frameworks.find(({ exact }) => exact);
    const used = [...new Set(checks.flatMap(({ meta }) => meta.frameworks[cis?.key ?? ''] ?? []))];
    expect(used.sort(compareControlIds)).toEqual([
      '2.1.1',
      '2.1.2',
      '2.4',
      '2.5',
      '2.8',
      '2.9',
      '2.10',
      '2.11',
      '2.12',
      '2.14',
      '2.18',
      '2.19',
      '2.21',
      '4.1',
      '4.2',
      '5.3',
      '5.5',
      '5.15',
    ]);
    const beyond = cis?.controls.filter((control) => control.beyond !== undefined).map(({ id }) => id);
    expect(beyond).toEqual(['2.1.2', '2.11', '2.19', '2.21', '5.3', '5.5', '5.15']);
  });
});

describe('the tables', () => {
  test('hold no id twice, and controls in their order', () => {
    for (const { controls } of frameworks) {
      const ids = controls.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
    const cis = frameworks[0]?.controls.map(({ id }) => id) ?? [];
    expect([...cis].sort(compareControlIds)).toEqual(cis);
    expect(new Set(techniques.map(({ id }) => id)).size).toBe(techniques.length);
  });

  test('every sub-technique has its parent', () => {
    const orphans = techniques.filter(({ id }) => techniqueOf(id.split('.')[0] ?? '') === null);
    expect(orphans).toEqual([]);
  });

  test('every successor of an outdated control exists', () => {
    const lost = Object.values(outdatedControls).flatMap(({ now, ids }) => {
      const framework = frameworks.find(({ key }) => key === now);
      return Object.values(ids).filter(
        (id) => framework === undefined || (id !== null && controlOf(framework, id) === null),
      );
    });
    expect(lost).toEqual([]);
  });

  test.each([
    ['2.9', '2.10', -1],
    ['AC-2', 'AC-12', -1],
    ['AC-2', 'AC-2(3)', -1],
    ['2.1.1', '2.2', -1],
    ['PR.AA-05', 'PR.AA-05', 0],
  ])('%s against %s', (left, right, sign) => {
    expect(Math.sign(compareControlIds(left, right))).toBe(sign);
    expect(Math.sign(compareControlIds(right, left))).toBe(-sign + 0);
  });
});
