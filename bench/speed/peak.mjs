// Loaded before a measured program (node --import): leaves the process's peak memory, in bytes, in a file as it ends.
import { writeFileSync } from 'node:fs';
import path from 'node:path';

process.on('exit', () => {
  writeFileSync(
    path.join(process.env.LABELLESS_BENCH_PEAK, String(process.pid)),
    String(process.resourceUsage().maxRSS * 1024),
  );
});
