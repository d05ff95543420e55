/**
 * The default colours: the seven of Okabe and Ito, “Color Universal Design”, 2008 that are not black, then others each
 * chosen to be as far as possible from black and from those before it, by ΔE in CIELAB (1976) and to
 * red-green-deficient sight. Among the first 8, 24, 48 and 96 two differ by ΔE 26, 18.9, 17 and 10 at least. Sidecars
 * name these colours by their index, so the list may grow at its end but not change.
 */
// prettier-ignore
export const palette: readonly string[] = [
  '#e69f00', '#56b4e9', '#009e73', '#f0e442', '#0072b2', '#d55e00', '#cc79a7', '#330077',
  '#663311', '#bb00ff', '#0000ff', '#990088', '#00dd99', '#6611cc', '#ffaacc', '#004466',
  '#006600', '#bb1144', '#bb77ff', '#ff00cc', '#99ddff', '#4466ff', '#e1ffd2', '#3c4bb4',
  '#3c7878', '#69003c', '#b4f096', '#69b469', '#e1c35a', '#0f2d69', '#ff78d2', '#78ffff',
  '#00694b', '#d200e1', '#000fa5', '#f0ff87', '#00962d', '#ffd2d2', '#d21e96', '#f0ff00',
  '#ff87ff', '#2d3ce1', '#0000d2', '#781eff', '#9678c3', '#c30f00', '#690096', '#96b4a5',
  '#960fc3', '#c32d69', '#d2695a', '#ffb496', '#ffc300', '#c3963c', '#3c78e1', '#007896',
  '#87003c', '#d27887', '#b43cb4', '#78d2e1', '#3c4b87', '#690f1e', '#1e2d87', '#b478e1',
  '#96a5c3', '#c3a587', '#9600a5', '#5a1eb4', '#1ee178', '#870f5a', '#69f0b4', '#9669ff',
  '#5a0078', '#3c6978', '#0fff69', '#b4b44b', '#69d2c3', '#f01e96', '#963c2d', '#3c96f0',
  '#a5ffb4', '#2d4b5a', '#3c0f96', '#96694b', '#00e14b', '#e1693c', '#ffe1f0', '#0069e1',
  '#2d0fc3', '#78f0d2', '#7800e1', '#3c0ff0', '#782d78', '#00c3ff', '#2d4bd2', '#e1b400',
];

/**
 * Sets of colours to choose from. `safe` is the default one; the others are qualitative schemes of Paul Tol, “Colour
 * Schemes”, SRON technical note, 2021, which are safe for red-green-deficient sight too but have fewer colours.
 */
export const palettes = {
  safe: palette,
  bright: ['#4477aa', '#ee6677', '#228833', '#ccbb44', '#66ccee', '#aa3377', '#bbbbbb'],
  vibrant: ['#ee7733', '#0077bb', '#33bbee', '#ee3377', '#cc3311', '#009988', '#bbbbbb'],
  muted: ['#cc6677', '#332288', '#ddcc77', '#117733', '#88ccee', '#882255', '#44aa99', '#999933', '#aa4499'],
} as const satisfies Record<string, readonly string[]>;

export type PaletteName = keyof typeof palettes;
export const paletteNames = Object.keys(palettes) as [PaletteName, ...PaletteName[]];

/** Counts how many labels have each colour of `palette`, to find the colour for one more. */
export class ColourUses {
  private readonly uses = new Map(palette.map(colour => [colour, 0]));

  /** @param taken the colours of labels, `#rrggbb` */
  constructor(taken: Iterable<string>) {
    for (const colour of taken) this.add(colour);
  }

  /** Counts one more label of a colour. */
  add(colour: string): void {
    const uses = this.uses.get(colour);
    if (uses !== undefined) this.uses.set(colour, uses + 1);
  }

  /** The colour for one more label, an index into `palette`: the first of the colours that the fewest labels have. */
  next(): number {
    const counts = [...this.uses.values()];
    return counts.indexOf(Math.min(...counts));
  }
}
