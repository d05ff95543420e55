/** Types of tensor elements. */
export type DataType = 'float32' | 'int32' | 'bool';

/** The values of a dense tensor in memory, row-major. `shape` is `[]` for a scalar. */
export interface TensorValue {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

/** Operators without attributes. Binary ones broadcast as NumPy does. */
export type PlainKind =
  | 'abs'
  | 'exp'
  | 'log'
  | 'sqrt'
  | 'sigmoid'
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'divide'
  /** Comparisons of two tensors of one type; the answer is bool. */
  | 'greater'
  | 'equal'
  /** Inputs: condition (bool), value where it holds, value elsewhere. */
  | 'where'
  /** Rows of the first input (axis 0) named by an int32 vector. */
  | 'gather';

/**
 * The primitive operators: everything that a back end must know how to run. Attributes are plain data, so that a second
 * interpreter is a switch over `kind`. Images are laid out batch, channel, row, column.
 */
export type Operation =
  | { readonly kind: PlainKind }
  /** Fed at every step. */
  | { readonly kind: 'input'; readonly name: string }
  /** State that outlives a step. */
  | { readonly kind: 'variable'; readonly name: string; readonly initial: TensorValue }
  | { readonly kind: 'constant'; readonly value: TensorValue }
  /** x where positive, slope · x elsewhere. */
  | { readonly kind: 'relu'; readonly slope: number }
  | { readonly kind: 'clip'; readonly minimum: number; readonly maximum: number }
  | { readonly kind: 'cast'; readonly to: DataType }
  /** Reduced axes stay, with size 1. */
  | { readonly kind: 'sum' | 'max'; readonly axes: readonly number[] }
  /** int32 index of the first maximum; the axis stays, with size 1. */
  | { readonly kind: 'argMax'; readonly axis: number }
  | { readonly kind: 'reshape' | 'expand' }
  | { readonly kind: 'transpose'; readonly order: readonly number[] }
  /** One start, end (exclusive) and positive step per axis. */
  | {
      readonly kind: 'slice';
      readonly starts: readonly number[];
      readonly ends: readonly number[];
      readonly steps: readonly number[];
    }
  | { readonly kind: 'reverse'; readonly axes: readonly number[] }
  /** Zeros around: one count per axis. */
  | { readonly kind: 'pad'; readonly before: readonly number[]; readonly after: readonly number[] }
  | { readonly kind: 'concat'; readonly axis: number }
  /** Product over the last two axes; leading axes broadcast. Flags transpose the last two axes of a side first. */
  | { readonly kind: 'matmul'; readonly transposeA: boolean; readonly transposeB: boolean }
  /** Inputs: x [N,C,H,W], filter [O,C/groups,kh,kw], optionally bias [O]. */
  | ({ readonly kind: 'convolution' } & ConvolutionAttributes)
  /** The gradient of a convolution by its input. Inputs: dy [N,O,h,w], filter [O,C/groups,kh,kw]; `size` is [H,W]. */
  | ({ readonly kind: 'convolutionTranspose'; readonly size: readonly [number, number] } & ConvolutionAttributes)
  /**
   * Zeros [rows, …] to whose row `indices[i]` row i of the values is added. Inputs: values [n, …], indices int32 [n].
   */
  | { readonly kind: 'scatterAdd'; readonly rows: number };

/** What a convolution depends on beside its inputs. */
export interface ConvolutionAttributes {
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  /** Zeros at the top, left, bottom and right. */
  readonly pads: readonly [number, number, number, number];
  readonly groups: number;
}

/** The kinds of operations. */
export type Kind = Operation['kind'];
/** The operation of a kind. */
export type OperationOf<K extends Kind> =
  Extract<Operation, { readonly kind: K }> extends never
    ? Operation & { readonly kind: K }
    : Extract<Operation, { readonly kind: K }>;
