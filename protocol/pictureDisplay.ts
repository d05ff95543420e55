/**
 * How the mask editor displays a picture. It changes what is on the screen alone: neither the file nor what a
 * segmentation sees.
 */

/** What of a picture is displayed: its colours, or one channel as grey. */
export const displayChannels = ['colours', 'red', 'green', 'blue', 'luminance'] as const;
export type DisplayChannel = (typeof displayChannels)[number];

/** The least, the greatest and the neutral value of each adjustment. */
export const displayRanges = {
  /** Percent of black to white, added. */
  brightness: { least: -100, most: 100, neutral: 0 },
  /** Percent: −100 is grey alone, 100 the steepest curve. */
  contrast: { least: -100, most: 100, neutral: 0 },
  /** The exponent by whose reciprocal values are raised: above 1 is lighter. */
  gamma: { least: 0.25, most: 4, neutral: 1 },
  /** Percent of the greatest local contrast. */
  local: { least: 0, most: 100, neutral: 0 },
} as const;

export type DisplayAdjustment = keyof typeof displayRanges;

export type PictureDisplay = Readonly<Record<DisplayAdjustment, number>> & { readonly channel: DisplayChannel };

/** A picture as it is. */
export const neutralDisplay: PictureDisplay = {
  brightness: displayRanges.brightness.neutral,
  contrast: displayRanges.contrast.neutral,
  gamma: displayRanges.gamma.neutral,
  local: displayRanges.local.neutral,
  channel: 'colours',
};

/** Whether a picture is displayed as it is. */
export function isNeutral(display: PictureDisplay): boolean {
  return Object.entries(neutralDisplay).every(([name, value]) => display[name as keyof PictureDisplay] === value);
}

/** Reads a display of any shape, with the neutral value for what is missing or not valid. */
export function readDisplay(untrusted: unknown): PictureDisplay {
  const values = (typeof untrusted === 'object' && untrusted !== null ? untrusted : {}) as Record<string, unknown>;
  const number = (name: DisplayAdjustment): number => {
    const { least, most, neutral } = displayRanges[name];
    const value = values[name];
    return typeof value === 'number' && value >= least && value <= most ? value : neutral;
  };
  return {
    brightness: number('brightness'),
    contrast: number('contrast'),
    gamma: number('gamma'),
    local: number('local'),
    channel: displayChannels.find(channel => channel === values.channel) ?? neutralDisplay.channel,
  };
}
