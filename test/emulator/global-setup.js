import { startEmulator } from './start.js';

export default async () => {
  const emulator = await startEmulator({ log: (line) => process.stderr.write(`${line}\n`) });
  globalThis.afterleakEmulator = emulator;
  process.env['AFTERLEAK_EMULATOR_URL'] = emulator.url;
};
