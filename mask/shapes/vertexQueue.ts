/** Corners in the order of their keys, ties by number. A corner whose key has changed is pushed again. */
export class VertexQueue {
  private readonly keys: number[] = [];
  private readonly vertices: number[] = [];

  push(key: number, vertex: number): void {
    const { keys, vertices } = this;
    let at = keys.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.isBefore(key, vertex, parent)) break;
      [keys[at], vertices[at]] = [keys[parent], vertices[parent]];
      at = parent;
    }
    [keys[at], vertices[at]] = [key, vertex];
  }

  /** Takes the first corner whose key is still `current`. @returns -1 where none is left */
  pop(current: Float64Array): number {
    const { keys, vertices } = this;
    while (keys.length > 0) {
      const [key, vertex] = [keys[0], vertices[0]];
      const [lastKey, lastVertex] = [keys.pop()!, vertices.pop()!];
      if (keys.length > 0) this.sink(lastKey, lastVertex);
      if (current[vertex] === key) return vertex;
    }
    return -1;
  }

  private sink(key: number, vertex: number): void {
    const { keys, vertices } = this;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= keys.length) break;
      if (child + 1 < keys.length && this.isBefore(keys[child + 1], vertices[child + 1], child)) child++;
      if (this.isBefore(key, vertex, child)) break;
      [keys[at], vertices[at]] = [keys[child], vertices[child]];
      at = child;
    }
    [keys[at], vertices[at]] = [key, vertex];
  }

  private isBefore(key: number, vertex: number, at: number): boolean {
    return key < this.keys[at] || (key === this.keys[at] && vertex < this.vertices[at]);
  }
}
