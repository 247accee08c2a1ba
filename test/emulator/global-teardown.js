export default async () => {
  await globalThis.afterleakEmulator?.stop();
};
