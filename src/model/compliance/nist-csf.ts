import type { Framework } from './framework.ts';

/** The subcategories of the NIST Cybersecurity Framework 2.0 that checks look at. Texts are NIST's; they are in the public domain. */
export const nistCsf: Framework = {
  key: 'NIST CSF 2.0',
  name: 'NIST Cybersecurity Framework',
  version: '2.0',
  publisher: 'National Institute of Standards and Technology',
  wording: 'Texts of NIST, in the public domain.',
  whole: false,
  exact: false,
  controls: [
    {
      id: 'ID.AM-02',
      words: 'Inventories of software, services, and systems managed by the organization are maintained',
    },
    {
      id: 'ID.RA-06',
      words: 'Risk responses are chosen, prioritized, planned, tracked, and communicated',
    },
    {
      id: 'PR.AA-01',
      words:
        'Identities and credentials for authorized users, services, and hardware are managed by the organization',
    },
    { id: 'PR.AA-03', words: 'Users, services, and hardware are authenticated' },
    { id: 'PR.AA-04', words: 'Identity assertions are protected, conveyed, and verified' },
    {
      id: 'PR.AA-05',
      words:
        'Access permissions, entitlements, and authorizations are defined in a policy, managed, enforced, and reviewed, and incorporate the principles of least privilege and separation of duties',
    },
    {
      id: 'PR.DS-01',
      words: 'The confidentiality, integrity, and availability of data-at-rest are protected',
    },
    {
      id: 'PR.IR-01',
      words: 'Networks and environments are protected from unauthorized logical access and usage',
    },
    { id: 'PR.PS-01', words: 'Configuration management practices are established and applied' },
    {
      id: 'PR.PS-04',
      words: 'Log records are generated and made available for continuous monitoring',
    },
    {
      id: 'PR.PS-05',
      words: 'Installation and execution of unauthorized software are prevented',
    },
    {
      id: 'DE.AE-06',
      words: 'Information on adverse events is provided to authorized staff and tools',
    },
    {
      id: 'DE.CM-03',
      words: 'Personnel activity and technology usage are monitored to find potentially adverse events',
    },
    {
      id: 'DE.CM-09',
      words:
        'Computing hardware and software, runtime environments, and their data are monitored to find potentially adverse events',
    },
    {
      id: 'RS.AN-03',
      words:
        'Analysis is performed to establish what has taken place during an incident and the root cause of the incident',
    },
    {
      id: 'RS.AN-07',
      words: 'Incident data and metadata are collected, and their integrity and provenance are preserved',
    },
    { id: 'RS.MI-01', words: 'Incidents are contained' },
    { id: 'RS.MI-02', words: 'Incidents are eradicated' },
    {
      id: 'RC.RP-05',
      words:
        'The integrity of restored assets is verified, systems and services are restored, and normal operating status is confirmed',
    },
  ],
};
