import { orders, type Order } from './galleryOrder';

/** What VS Code keeps of the page while it is hidden, and across reloads of the window. The host reads `images`. */
export interface GalleryState {
  readonly order: Order;
  /** URIs of the images. */ readonly images: readonly string[];
}

/** The order in what was kept, of any shape; by name where there is none. */
export function keptOrder(kept: unknown): Order {
  const order = typeof kept === 'object' && kept !== null && 'order' in kept ? kept.order : undefined;
  return orders.find(one => one === order) ?? 'name';
}
