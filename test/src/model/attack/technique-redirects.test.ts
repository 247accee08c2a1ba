import { describe, expect, test } from '@jest/globals';
import { techniqueOfEvent, techniquesOfEvents } from '../../../../src/model/attack/event-techniques.ts';
import { currentTechnique, techniqueRedirects } from '../../../../src/model/attack/technique-redirects.ts';
import { tactics, techniqueName, techniqueOf, techniques } from '../../../../src/model/attack/techniques.ts';

describe('redirects of ATT&CK ids', () => {
  test.each([
    ['T1562', 'T1685'],
    ['T1562.001', 'T1685'],
    ['T1562.006', 'T1685'],
    ['T1562.007', 'T1686.001'],
    ['T1562.008', 'T1685.002'],
    ['T1562.010', 'T1689'],
    ['T1656', 'T1684.001'],
    ['T1089', 'T1685'],
    ['T1054', 'T1685'],
    ['T1522', 'T1552.005'],
    ['T1078.004', 'T1078.004'],
    ['nonsense', 'nonsense'],
    ['constructor', 'constructor'],
  ])('%s is %s now', (old, now) => {
    expect(currentTechnique(old)).toBe(now);
  });

  test('none leads in a circle, to itself, or from an id that is current', () => {
    for (const old of Object.keys(techniqueRedirects)) {
      expect(currentTechnique(old)).not.toBe(old);
      expect(techniqueOf(old)).toBeNull();
    }
  });
});

describe('techniques', () => {
  test('every tactic of a technique is one of the matrix, in its order', () => {
    const order = tactics.map(({ id }) => id);
    for (const technique of techniques) {
      const places = technique.tactics.map((id) => order.indexOf(id));
      expect(places).not.toContain(-1);
      expect([...places].sort((left, right) => left - right)).toEqual(places);
      expect(places.length).toBeGreaterThan(0);
    }
  });

  test('version 19 has two tactics where there was Defense Evasion', () => {
    expect(tactics.filter(({ id }) => id === 'TA0005' || id === 'TA0112').map(({ name }) => name)).toEqual([
      'Stealth',
      'Defense Impairment',
    ]);
    expect(techniqueOf('T1685.002')?.tactics).toEqual(['TA0112']);
    expect(techniqueOf('T1535')?.tactics).toEqual(['TA0005']);
  });

  test('a sub-technique is named with its parent', () => {
    const sub = techniqueOf('T1098.003');
    expect(sub === null ? '' : techniqueName(sub)).toBe('Account Manipulation: Additional Cloud Roles');
  });

  test('events show techniques that exist', () => {
    expect(techniquesOfEvents.filter((id) => techniqueOf(id) === null)).toEqual([]);
    expect(techniqueOfEvent('CreateAccessKey')).toBe('T1098.001');
    expect(techniqueOfEvent('StopLogging')).toBe('T1685.002');
    expect(techniqueOfEvent('DescribeInstances')).toBeNull();
    expect(techniqueOfEvent('constructor')).toBeNull();
  });
});
