import type { InnocentOrganization } from '../../seeds/innocent-organization.js';
import type { ConnectedEmulator } from '../../start.js';

export declare const seedSecondWave: (
  emulator: ConnectedEmulator,
  innocent: InnocentOrganization,
) => Promise<void>;
