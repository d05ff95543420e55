import type { Backend, Session } from '../../backend/session';
import { normalisedPicture } from '../../dataset/streaming/imageNormalisation';
import { createProgram, input } from '../../graph';
import { imageShape } from '../../graph/core/tensorShape';
import type { Picture, Size } from '../../image/picture';
import type { Planes } from '../../pixels/planes';
import { resized } from '../../pixels/resize';
import { bundledWeightsFile } from './bundledWeights';
import { efficientnetLite0Encoder } from './efficientnetLite0';
import { startForwardPass } from './forwardPass';
import { networkPrefix, NetworkWeights } from './networkWeights';
import { readPretrained } from './pretrainedWeights';

/** The pixels of a picture that the encoder sees, about. */
const seenPixels = 480 * 360;

/** The levels of the encoder that are used, by index: at strides 4 and 32, what things look like and what they are. */
const usedLevels = [1, 4];

/** What the pretrained encoder sees in pictures. */
export class PretrainedFeatures {
  private opened: { readonly size: Size; readonly session: Session } | undefined;

  constructor(private readonly backend: Backend) {}

  /**
   * The features of a picture by level, the finest first: 24 channels at a quarter of the size at which it is seen, and
   * 320 at a 32nd.
   * @throws Error that says why the encoder's file cannot be used
   */
  async of(picture: Picture): Promise<Planes[]> {
    const factor = Math.sqrt(seenPixels / (picture.width * picture.height));
    const side = (length: number) => Math.max(Math.round(length * factor), 1);
    const size = { width: side(picture.width), height: side(picture.height) };
    const { data } = normalisedPicture(picture);
    const seen = resized({ ...picture, channels: 3, data: Float32Array.from(data) }, size);
    const session = await this.sessionFor(size);
    const outputs = await session.run({ picture: { shape: [1, 3, size.height, size.width], data: seen.data } });
    return usedLevels.map(level => {
      const { shape, data: values } = outputs[`level${level}`]!;
      const [, channels, height, width] = imageShape(shape);
      return { width, height, channels, data: Float32Array.from(values) };
    });
  }

  async dispose(): Promise<void> {
    await this.opened?.session.dispose();
    this.opened = undefined;
  }

  /** The session of the last size is kept, as pictures of a folder mostly have one size. */
  private async sessionFor(size: Size): Promise<Session> {
    if (this.opened?.size.width === size.width && this.opened.size.height === size.height) return this.opened.session;
    await this.dispose();
    const pass = startForwardPass(new NetworkWeights(networkPrefix, 1), 'stored');
    const levels = efficientnetLite0Encoder(input('picture', [1, 3, size.height, size.width]), pass);
    const program = createProgram(Object.fromEntries(usedLevels.map(level => [`level${level}`, levels[level]!])));
    const { state } = await readPretrained(bundledWeightsFile(), '', program.state);
    const session = await this.backend.createSession(program);
    await session.writeState(state);
    this.opened = { size, session };
    return session;
  }
}
