/** A file's name for the terminal: without the control characters that could steer it. */
export function printable(name: string): string {
  return name.replace(/\p{Cc}/gu, '?');
}

/** `1 region`, `2 regions`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
