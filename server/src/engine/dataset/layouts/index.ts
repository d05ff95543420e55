import type { LayoutName } from '../../adaptation/experiment';
import type { Layout } from '../layout';
import { camvid } from './camvid';
import { cityscapes } from './cityscapes';
import { coco } from './coco';
import { folders } from './folders';
import { gta5 } from './gta5';
import { labelme } from './labelme';
import { synthia } from './synthia';

export const layouts: Readonly<Record<LayoutName, Layout>> = {
  gta5,
  synthia,
  cityscapes,
  camvid,
  folders,
  labelme,
  coco,
};
