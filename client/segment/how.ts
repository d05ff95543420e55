import type { SegmentParams } from '../../protocol/server';

/** How to segment, in place of the settings. */
export type How = Pick<SegmentParams, 'method' | 'checkpoint' | 'together'>;

/** The same for an image in its editor, whose document may have scribbles. */
export interface EditorHow extends How {
  readonly withScribbles?: boolean;
}
