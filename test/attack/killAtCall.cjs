// Loaded into a program before its own code (`node --require`): kills the program at its N-th call that changes the
// disk, LABELLESS_ATTACK_KILL_AT, or counts these calls into the file LABELLESS_ATTACK_CALLS. So every moment at which
// a power cut or a kill can leave something half done is tried, not only those that a timer hits.
const fs = require('node:fs');
const process = require('node:process');

const killAt = Number(process.env.LABELLESS_ATTACK_KILL_AT ?? Infinity);
const countFile = process.env.LABELLESS_ATTACK_CALLS;
// Programs that it starts are not counted: they write nothing, or are tried by themselves.
delete process.env.LABELLESS_ATTACK_KILL_AT;
delete process.env.LABELLESS_ATTACK_CALLS;
delete process.env.NODE_OPTIONS;
const { writeFileSync } = fs;
let calls = 0;

function beforeCall() {
  calls++;
  if (calls === killAt) process.kill(process.pid, 'SIGKILL');
}

function watch(owner, names, changes = () => true) {
  for (const name of names) {
    const original = owner[name];
    if (typeof original !== 'function') continue;
    owner[name] = function (...args) {
      if (changes(name, args)) beforeCall();
      return original.apply(this, args);
    };
  }
}

const opensForWriting = flags => (typeof flags === 'number' ? (flags & 3) !== 0 : /[wa+]/.test(flags ?? 'r'));
const changing = [
  'rename',
  'unlink',
  'rm',
  'rmdir',
  'mkdir',
  'writeFile',
  'appendFile',
  'copyFile',
  'symlink',
  'link',
  'truncate',
  'utimes',
];
const onHandles = ['write', 'writeFile', 'writev', 'appendFile', 'truncate', 'sync', 'datasync'];

watch(fs.promises, changing);
watch(
  fs,
  [...changing, ...changing.map(name => `${name}Sync`), 'ftruncateSync'],
  // inner calls of the promises, and results on standard output
  (name, [file]) => typeof file !== 'number' || file > 2,
);
const { open } = fs.promises;
let handlesWatched = false;
fs.promises.open = async (...args) => {
  if (opensForWriting(args[1])) beforeCall();
  const handle = await open(...args);
  if (!handlesWatched) {
    handlesWatched = true;
    watch(Object.getPrototypeOf(handle), onHandles);
  }
  return handle;
};
const { openSync } = fs;
fs.openSync = (...args) => {
  if (opensForWriting(args[1])) beforeCall();
  return openSync(...args);
};

if (countFile !== undefined) process.on('exit', () => writeFileSync(countFile, String(calls)));
