/** No verdict of a test depends on how fast or how busy the machine is: these limits only end what hangs. */
const HANG = 30 * 60_000;

export default {
  test: {
    dir: "test",
    // by default one core is left idle, and of two that is half of them
    maxWorkers: "100%",
    testTimeout: HANG,
    hookTimeout: HANG,
    teardownTimeout: HANG,
    expect: { poll: { timeout: HANG } },
  },
};
