import { describe, expect, test } from '@jest/globals';
import { listing, mintingOf } from '../../../src/model/minting.ts';
import {
  buildAdminPower,
  buildEscalationPath,
  buildGrantedAction,
  buildPower,
} from '../../../src/testing/builders/principal.ts';

describe('mintingOf', () => {
  test('finds nothing in no power and in unknown power', () => {
    expect(mintingOf(buildPower())).toEqual({ certain: [], conditional: [] });
    expect(mintingOf(null)).toEqual({ certain: [], conditional: [] });
  });

  test('names the administrator first', () => {
    expect(mintingOf(buildAdminPower()).certain[0]).toBe('every action (administrator)');
    expect(mintingOf(buildPower({ administrator: 'conditional' })).conditional).toEqual([
      'every action (administrator)',
    ]);
  });

  test('leaves out role chaining and rights over itself', () => {
    const power = buildPower({
      mintsCredentials: [
        buildGrantedAction({ action: 'sts:AssumeRole', scope: 'specific' }),
        buildGrantedAction({ action: 'iam:CreateAccessKey', scope: 'own' }),
      ],
    });
    expect(mintingOf(power)).toEqual({ certain: [], conditional: [] });
  });

  test('keeps assuming any role, and tells conditional from certain', () => {
    const power = buildPower({
      mintsCredentials: [
        buildGrantedAction({ action: 'sts:AssumeRole', scope: 'all' }),
        buildGrantedAction({ action: 'iam:CreateUser', verdict: 'conditional' }),
      ],
      escalationPaths: [buildEscalationPath({ title: 'Attach a policy to itself' })],
    });
    expect(mintingOf(power)).toEqual({
      certain: ['sts:AssumeRole', 'Attach a policy to itself'],
      conditional: ['iam:CreateUser'],
    });
  });
});

describe('listing', () => {
  test('cuts long lists and says so', () => {
    expect(listing(['a', 'b'])).toBe('a, b');
    expect(listing(['a', 'b', 'c'], 2)).toBe('a, b and 1 more');
  });
});
