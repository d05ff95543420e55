// What the platforms of a .vsix are called elsewhere.
/**
 * By vsce's name of a target: npm's names of the platform, sharp's name of its binary, and onnxruntime-node's folder of
 * binaries, which is absent where the WebAssembly back end is used instead. `limit` is the size of the package,
 * megabytes, that it may not exceed.
 */
export const targets = {
  'linux-x64': { os: 'linux', cpu: 'x64', libc: 'glibc', sharp: 'linux-x64', onnxruntime: 'linux/x64', limit: 43 },
  'linux-arm64': {
    os: 'linux',
    cpu: 'arm64',
    libc: 'glibc',
    sharp: 'linux-arm64',
    onnxruntime: 'linux/arm64',
    limit: 36,
  },
  'alpine-x64': { os: 'linux', cpu: 'x64', libc: 'musl', sharp: 'linuxmusl-x64', limit: 24 },
  'alpine-arm64': { os: 'linux', cpu: 'arm64', libc: 'musl', sharp: 'linuxmusl-arm64', limit: 24 },
  'darwin-x64': { os: 'darwin', cpu: 'x64', sharp: 'darwin-x64', limit: 24 },
  'darwin-arm64': { os: 'darwin', cpu: 'arm64', sharp: 'darwin-arm64', onnxruntime: 'darwin/arm64', limit: 38 },
  'win32-x64': { os: 'win32', cpu: 'x64', sharp: 'win32-x64', onnxruntime: 'win32/x64', limit: 54 },
  'win32-arm64': { os: 'win32', cpu: 'arm64', sharp: 'win32-arm64', onnxruntime: 'win32/arm64', limit: 54 },
};

/** The size of npm's package, megabytes, that it may not exceed. */
export const npmLimit = 9;

/** The target of the machine that this runs on. */
export function hostTarget() {
  const musl = process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime;
  return `${musl ? 'alpine' : process.platform}-${process.arch}`;
}
