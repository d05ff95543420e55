/** A file's name for the terminal: without the control characters that could steer it. */
export function printable(name: string): string {
  return name.replace(/\p{Cc}/gu, '?');
}
