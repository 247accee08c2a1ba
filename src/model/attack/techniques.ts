/** The version of MITRE ATT&CK (Enterprise) whose ids, names and tactics stand here. */
export const attackVersion = '19';

export interface Tactic {
  readonly id: string;
  readonly name: string;
}

export interface Technique {
  readonly id: string;
  readonly name: string;
  /** Ids of the tactics it serves, in the order of the matrix. */
  readonly tactics: readonly string[];
}

/**
 * In the order of the matrix. Version 19 split Defense Evasion: TA0005 was kept and is now Stealth, TA0112 is new.
 * Reconnaissance, resource development and command and control have no technique of these platforms.
 */
export const tactics: readonly Tactic[] = [
  { id: 'TA0001', name: 'Initial Access' },
  { id: 'TA0002', name: 'Execution' },
  { id: 'TA0003', name: 'Persistence' },
  { id: 'TA0004', name: 'Privilege Escalation' },
  { id: 'TA0005', name: 'Stealth' },
  { id: 'TA0112', name: 'Defense Impairment' },
  { id: 'TA0006', name: 'Credential Access' },
  { id: 'TA0007', name: 'Discovery' },
  { id: 'TA0008', name: 'Lateral Movement' },
  { id: 'TA0009', name: 'Collection' },
  { id: 'TA0010', name: 'Exfiltration' },
  { id: 'TA0040', name: 'Impact' },
];

/**
 * Techniques of the platforms IaaS and Identity Provider, and the sub-techniques that checks or events name.
 * ATT&CK is a trademark of The MITRE Corporation; ids, names and tactics are used under its terms.
 */
export const techniques: readonly Technique[] = [
  { id: 'T1021', name: 'Remote Services', tactics: ['TA0008'] },
  { id: 'T1021.007', name: 'Cloud Services', tactics: ['TA0008'] },
  { id: 'T1036', name: 'Masquerading', tactics: ['TA0005'] },
  { id: 'T1036.005', name: 'Match Legitimate Resource Name or Location', tactics: ['TA0005'] },
  { id: 'T1036.010', name: 'Masquerade Account Name', tactics: ['TA0005'] },
  { id: 'T1040', name: 'Network Sniffing', tactics: ['TA0006', 'TA0007'] },
  { id: 'T1046', name: 'Network Service Discovery', tactics: ['TA0007'] },
  { id: 'T1048', name: 'Exfiltration Over Alternative Protocol', tactics: ['TA0010'] },
  { id: 'T1049', name: 'System Network Connections Discovery', tactics: ['TA0007'] },
  { id: 'T1059', name: 'Command and Scripting Interpreter', tactics: ['TA0002'] },
  { id: 'T1059.009', name: 'Cloud API', tactics: ['TA0002'] },
  { id: 'T1069', name: 'Permission Groups Discovery', tactics: ['TA0007'] },
  { id: 'T1070', name: 'Indicator Removal', tactics: ['TA0005'] },
  { id: 'T1074', name: 'Data Staged', tactics: ['TA0009'] },
  { id: 'T1078', name: 'Valid Accounts', tactics: ['TA0001', 'TA0003', 'TA0004', 'TA0005'] },
  { id: 'T1078.004', name: 'Cloud Accounts', tactics: ['TA0001', 'TA0003', 'TA0004', 'TA0005'] },
  { id: 'T1082', name: 'System Information Discovery', tactics: ['TA0007'] },
  { id: 'T1087', name: 'Account Discovery', tactics: ['TA0007'] },
  { id: 'T1098', name: 'Account Manipulation', tactics: ['TA0003', 'TA0004'] },
  { id: 'T1098.001', name: 'Additional Cloud Credentials', tactics: ['TA0003', 'TA0004'] },
  { id: 'T1098.003', name: 'Additional Cloud Roles', tactics: ['TA0003', 'TA0004'] },
  { id: 'T1098.004', name: 'SSH Authorized Keys', tactics: ['TA0003', 'TA0004'] },
  { id: 'T1098.005', name: 'Device Registration', tactics: ['TA0003', 'TA0004'] },
  { id: 'T1110', name: 'Brute Force', tactics: ['TA0006'] },
  { id: 'T1119', name: 'Automated Collection', tactics: ['TA0009'] },
  { id: 'T1133', name: 'External Remote Services', tactics: ['TA0001', 'TA0003'] },
  { id: 'T1136', name: 'Create Account', tactics: ['TA0003'] },
  { id: 'T1136.003', name: 'Cloud Account', tactics: ['TA0003'] },
  { id: 'T1189', name: 'Drive-by Compromise', tactics: ['TA0001'] },
  { id: 'T1190', name: 'Exploit Public-Facing Application', tactics: ['TA0001'] },
  { id: 'T1199', name: 'Trusted Relationship', tactics: ['TA0001'] },
  { id: 'T1201', name: 'Password Policy Discovery', tactics: ['TA0007'] },
  { id: 'T1204', name: 'User Execution', tactics: ['TA0002'] },
  { id: 'T1211', name: 'Exploitation for Stealth', tactics: ['TA0005'] },
  { id: 'T1212', name: 'Exploitation for Credential Access', tactics: ['TA0006'] },
  { id: 'T1213', name: 'Data from Information Repositories', tactics: ['TA0009'] },
  { id: 'T1484', name: 'Domain or Tenant Policy Modification', tactics: ['TA0004', 'TA0112'] },
  { id: 'T1484.002', name: 'Trust Modification', tactics: ['TA0004', 'TA0112'] },
  { id: 'T1485', name: 'Data Destruction', tactics: ['TA0040'] },
  { id: 'T1486', name: 'Data Encrypted for Impact', tactics: ['TA0040'] },
  { id: 'T1489', name: 'Service Stop', tactics: ['TA0040'] },
  { id: 'T1490', name: 'Inhibit System Recovery', tactics: ['TA0040'] },
  { id: 'T1491', name: 'Defacement', tactics: ['TA0040'] },
  { id: 'T1496', name: 'Resource Hijacking', tactics: ['TA0040'] },
  { id: 'T1498', name: 'Network Denial of Service', tactics: ['TA0040'] },
  { id: 'T1499', name: 'Endpoint Denial of Service', tactics: ['TA0040'] },
  { id: 'T1518', name: 'Software Discovery', tactics: ['TA0007'] },
  { id: 'T1525', name: 'Implant Internal Image', tactics: ['TA0003'] },
  { id: 'T1526', name: 'Cloud Service Discovery', tactics: ['TA0007'] },
  { id: 'T1528', name: 'Steal Application Access Token', tactics: ['TA0006'] },
  { id: 'T1530', name: 'Data from Cloud Storage', tactics: ['TA0009'] },
  { id: 'T1531', name: 'Account Access Removal', tactics: ['TA0040'] },
  { id: 'T1535', name: 'Unused/Unsupported Cloud Regions', tactics: ['TA0005'] },
  { id: 'T1537', name: 'Transfer Data to Cloud Account', tactics: ['TA0010'] },
  { id: 'T1538', name: 'Cloud Service Dashboard', tactics: ['TA0007'] },
  { id: 'T1546', name: 'Event Triggered Execution', tactics: ['TA0003', 'TA0004'] },
  { id: 'T1548', name: 'Abuse Elevation Control Mechanism', tactics: ['TA0004'] },
  { id: 'T1548.005', name: 'Temporary Elevated Cloud Access', tactics: ['TA0004'] },
  { id: 'T1550', name: 'Use Alternate Authentication Material', tactics: ['TA0008'] },
  { id: 'T1550.001', name: 'Application Access Token', tactics: ['TA0008'] },
  { id: 'T1552', name: 'Unsecured Credentials', tactics: ['TA0006'] },
  { id: 'T1552.001', name: 'Credentials In Files', tactics: ['TA0006'] },
  { id: 'T1552.005', name: 'Cloud Instance Metadata API', tactics: ['TA0006'] },
  { id: 'T1555', name: 'Credentials from Password Stores', tactics: ['TA0006'] },
  { id: 'T1555.006', name: 'Cloud Secrets Management Stores', tactics: ['TA0006'] },
  { id: 'T1556', name: 'Modify Authentication Process', tactics: ['TA0003', 'TA0112', 'TA0006'] },
  { id: 'T1556.006', name: 'Multi-Factor Authentication', tactics: ['TA0003', 'TA0112', 'TA0006'] },
  { id: 'T1556.009', name: 'Conditional Access Policies', tactics: ['TA0003', 'TA0112', 'TA0006'] },
  { id: 'T1564', name: 'Hide Artifacts', tactics: ['TA0005'] },
  { id: 'T1566', name: 'Phishing', tactics: ['TA0001'] },
  { id: 'T1574', name: 'Hijack Execution Flow', tactics: ['TA0002', 'TA0003', 'TA0004', 'TA0005'] },
  { id: 'T1578', name: 'Modify Cloud Compute Infrastructure', tactics: ['TA0112'] },
  { id: 'T1578.001', name: 'Create Snapshot', tactics: ['TA0112'] },
  { id: 'T1578.002', name: 'Create Cloud Instance', tactics: ['TA0112'] },
  { id: 'T1578.005', name: 'Modify Cloud Compute Configurations', tactics: ['TA0112'] },
  { id: 'T1580', name: 'Cloud Infrastructure Discovery', tactics: ['TA0007'] },
  { id: 'T1606', name: 'Forge Web Credentials', tactics: ['TA0006'] },
  { id: 'T1606.002', name: 'SAML Tokens', tactics: ['TA0006'] },
  { id: 'T1614', name: 'System Location Discovery', tactics: ['TA0007'] },
  { id: 'T1619', name: 'Cloud Storage Object Discovery', tactics: ['TA0007'] },
  { id: 'T1621', name: 'Multi-Factor Authentication Request Generation', tactics: ['TA0006'] },
  { id: 'T1648', name: 'Serverless Execution', tactics: ['TA0002'] },
  { id: 'T1649', name: 'Steal or Forge Authentication Certificates', tactics: ['TA0006'] },
  { id: 'T1651', name: 'Cloud Administration Command', tactics: ['TA0002'] },
  { id: 'T1654', name: 'Log Enumeration', tactics: ['TA0007'] },
  { id: 'T1666', name: 'Modify Cloud Resource Hierarchy', tactics: ['TA0112'] },
  { id: 'T1671', name: 'Cloud Application Integration', tactics: ['TA0003'] },
  { id: 'T1680', name: 'Local Storage Discovery', tactics: ['TA0007'] },
  { id: 'T1685', name: 'Disable or Modify Tools', tactics: ['TA0112'] },
  { id: 'T1685.002', name: 'Disable or Modify Cloud Log', tactics: ['TA0112'] },
  { id: 'T1686', name: 'Disable or Modify System Firewall', tactics: ['TA0112'] },
  { id: 'T1686.001', name: 'Cloud Firewall', tactics: ['TA0112'] },
];

const byId: ReadonlyMap<string, Technique> = new Map(
  techniques.map((technique) => [technique.id, technique]),
);

export function techniqueOf(id: string): Technique | null {
  return byId.get(id) ?? null;
}

/** `Account Manipulation: Additional Cloud Roles`. */
export function techniqueName({ id, name }: Technique): string {
  const [parent, child] = id.split('.');
  const above = child === undefined ? null : techniqueOf(parent ?? '');
  return above === null ? name : `${above.name}: ${name}`;
}

/** Where MITRE describes it. */
export function techniqueUrl(id: string): string {
  return `https://attack.mitre.org/techniques/${id.replace('.', '/')}/`;
}
