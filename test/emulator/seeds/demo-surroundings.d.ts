import type { ConnectedEmulator } from '../start.js';
import type { InnocentOrganization } from './innocent-organization.js';

export declare const seedDemoSurroundings: (
  emulator: ConnectedEmulator,
  innocent: InnocentOrganization,
) => Promise<void>;
