import { createHash } from 'node:crypto';

/** @throws Error that names what has another SHA-256 than the expected one */
export function checkDigest(what: string, bytes: Uint8Array, expected: string): void {
  const digest = createHash('sha256').update(bytes).digest('hex');
  if (digest !== expected)
    throw new Error(`${what} is not the one expected: its SHA-256 is ${digest}, not ${expected}.`);
}
