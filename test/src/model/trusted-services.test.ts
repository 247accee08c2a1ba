import { describe, expect, test } from '@jest/globals';
import {
  leftoverRole,
  organizationPowerOf,
  trustedServiceProfile,
} from '../../../src/model/trusted-services.ts';

describe('trusted services', () => {
  test.each([
    ['cloudtrail.amazonaws.com', 'critical'],
    ['guardduty.amazonaws.com', 'critical'],
    ['sso.amazonaws.com', 'critical'],
    ['iam.amazonaws.com', 'critical'],
    ['controltower.amazonaws.com', 'critical'],
    ['access-analyzer.amazonaws.com', 'high'],
    ['member.org.stacksets.cloudformation.amazonaws.com', 'high'],
    ['macie.amazonaws.com', 'medium'],
    ['notifications.amazon.com', 'medium'],
    ['ipam.amazonaws.com', 'low'],
    ['mgn.amazonaws.com', 'info'],
  ])('losing %s is %s', (service, severity) => {
    expect(trustedServiceProfile(service)?.severity).toBe(severity);
  });

  test('a service that is not in the list has no profile and no power', () => {
    expect(trustedServiceProfile('born-yesterday.amazonaws.com')).toBeNull();
    expect(trustedServiceProfile('constructor')).toBeNull();
    expect(organizationPowerOf('guardduty.amazonaws.com')).toBeNull();
    expect(organizationPowerOf('constructor')).toBeNull();
  });

  test('services that hold the members are told', () => {
    expect(organizationPowerOf('sso.amazonaws.com')).toContain('access');
    expect(organizationPowerOf('iam.amazonaws.com')).toContain('root user');
  });

  test('the role of stack sets speaks for their trusted access, others for their own', () => {
    expect(leftoverRole('/aws-service-role/stacksets.cloudformation.amazonaws.com/')).toEqual({
      servicePrincipal: 'member.org.stacksets.cloudformation.amazonaws.com',
      organizationOnly: true,
    });
    expect(leftoverRole('/aws-service-role/guardduty.amazonaws.com/')).toEqual({
      servicePrincipal: 'guardduty.amazonaws.com',
      organizationOnly: false,
    });
  });

  test.each([
    '/',
    '/aws-service-role/',
    '/aws-service-role/support.amazonaws.com/',
    '/aws-service-role/constructor/',
    '/x/aws-service-role/guardduty.amazonaws.com/',
  ])('path %s tells nothing', (path) => {
    expect(leftoverRole(path)).toBeNull();
  });
});
