/**
 * A hierarchy of regions: a binary merge tree over `count` base regions.
 * Merge `k` joins the nodes `left[k]` and `right[k]` into node `count + k`; nodes below `count` are base regions.
 *
 * `levels[k]`, in (0, 1] and non-increasing in `k`, is the granularity at which the merge comes undone: a cut at
 * granularity `g` applies exactly the merges with `levels[k] > g`. So 0 gives one region and 1 gives the base regions.
 * Levels are on one fixed scale for all pictures, so a granularity means the same from one photo to the next.
 */
export interface Hierarchy {
  readonly count: number;
  readonly left: Uint32Array;
  readonly right: Uint32Array;
  readonly levels: Float32Array;
}
