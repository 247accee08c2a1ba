import { startEmulator } from './start.js';

/** One emulator for all test files that only read or share it; its URL is in AFTERLEAK_EMULATOR_URL. */
export default async () => {
  try {
    const emulator = await startEmulator({ log: (line) => process.stderr.write(`${line}\n`) });
    globalThis.afterleakEmulator = emulator;
    process.env['AFTERLEAK_EMULATOR_URL'] = emulator.url;
  } catch (error) {
    // One line, not a stack trace: the usual reason is a machine without Python.
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
};
