/** Reads bytes from their start on, and refuses to read beyond their end. */
export class ByteReader {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  get rest(): number {
    return this.bytes.length - this.at;
  }

  byte(): number {
    return this.take(1).readUInt8();
  }

  /** Returns the next bytes without a copy. @throws Error where there are fewer */
  take(length: number): Buffer {
    if (length < 0 || length > this.rest) throw new Error('it is cut off: something in it is longer than the file');
    return this.bytes.subarray(this.at, (this.at += length));
  }

  /** Returns the text up to the end of the line. */
  line(): string {
    const end = this.bytes.indexOf(0x0a, this.at);
    if (end < 0) throw new Error('it is cut off within a line');
    const text = this.bytes.toString('latin1', this.at, end);
    this.at = end + 1;
    return text;
  }
}
