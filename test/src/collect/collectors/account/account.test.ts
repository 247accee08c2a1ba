import { describe, expect, test } from '@jest/globals';
import alternateContacts from '../../../../../src/collect/collectors/account/alternate-contacts.ts';
import regions from '../../../../../src/collect/collectors/account/regions.ts';
import { denied, failure, output } from '../../../../support/fake-reader.ts';
import { outcomeOf } from '../support/outcome-of.ts';

describe('account.regions', () => {
  test('lists regions with their status', async () => {
    const { value } = await outcomeOf(regions);
    expect(value).toEqual([
      { name: 'ap-east-1', status: 'DISABLED' },
      { name: 'us-east-1', status: 'ENABLED_BY_DEFAULT' },
    ]);
  });

  test('reads both pages', async () => {
    const { value } = await outcomeOf(regions, {
      ListRegions: [
        output({ Regions: [{ RegionName: 'us-east-1', RegionOptStatus: 'ENABLED_BY_DEFAULT' }] }),
        output({ Regions: [{ RegionName: 'eu-west-1', RegionOptStatus: 'ENABLED' }] }),
      ],
    });
    expect(value).toHaveLength(2);
  });

  test('an unknown status is a gap and no guess', async () => {
    const { state, value, gaps } = await outcomeOf(regions, {
      ListRegions: output({ Regions: [{ RegionName: 'us-east-1', RegionOptStatus: 'ODD' }] }),
    });
    expect({ state, value }).toEqual({ state: 'partial', value: [] });
    expect(gaps).toMatchObject([{ resource: 'us-east-1' }]);
  });

  test('an empty list is malformed', async () => {
    expect((await outcomeOf(regions, { ListRegions: output({ Regions: [] }) })).state).toBe('missing');
  });
});

describe('account.alternate-contacts', () => {
  test('keeps presence and a digest, and counts what it drops', async () => {
    const { value, redactions } = await outcomeOf(alternateContacts);
    // sha256 of security@example.com
    const digest = expect.stringMatching(/^[0-9a-f]{64}$/u);
    expect(value).toEqual([
      { type: 'BILLING', present: false, digest: null },
      { type: 'OPERATIONS', present: true, digest },
      { type: 'SECURITY', present: true, digest },
    ]);
    expect([...redactions]).toEqual([
      ['AlternateContact.EmailAddress', 2],
      ['AlternateContact.Name', 2],
      ['AlternateContact.PhoneNumber', 2],
      ['AlternateContact.Title', 2],
    ]);
    expect(JSON.stringify(value)).not.toContain('example.com');
  });

  test('the digest does not depend on case', async () => {
    const lower = await outcomeOf(alternateContacts, {
      GetAlternateContact: output({ AlternateContact: { EmailAddress: 'security@example.com' } }),
    });
    const upper = await outcomeOf(alternateContacts, {
      GetAlternateContact: output({ AlternateContact: { EmailAddress: 'SECURITY@EXAMPLE.COM' } }),
    });
    expect(upper.value).toEqual(lower.value);
  });

  test('one denied contact is a gap that names its type', async () => {
    const { state, value, gaps } = await outcomeOf(alternateContacts, {
      GetAlternateContact: (input) =>
        input['AlternateContactType'] === 'SECURITY' ? denied() : failure('ResourceNotFoundException'),
    });
    expect(state).toBe('partial');
    expect(value).toHaveLength(2);
    expect(gaps).toMatchObject([{ resource: 'SECURITY' }]);
  });

  test('a contact without an address is a gap', async () => {
    const { state, value } = await outcomeOf(alternateContacts, {
      GetAlternateContact: output({ AlternateContact: { Name: 'Zoe' } }),
    });
    expect({ state, value }).toEqual({ state: 'partial', value: [] });
  });
});
