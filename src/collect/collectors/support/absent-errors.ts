/** Error names that mean "there is none": for `absentOn`. IAM's wire code lacks the suffix of its SDK class. */
export const noSuchEntity = ['NoSuchEntityException', 'NoSuchEntity'] as const;

/** The account belongs to no organization: every list of the organization is then known to be empty. */
export const organizationNotInUse = ['AWSOrganizationsNotInUseException'] as const;
