// The names that users choose from. Free of schemas: the declarations of the npm package contain this file.

/**
 * The segmentation methods: Method 1's fast default and its two published forms, and a network that Method 2 has
 * trained.
 */
export const methodNames = ['clustering', 'superpixel', 'continuity', 'adapted'] as const;
export type MethodName = (typeof methodNames)[number];

/** The formats that can be written for an image. */
export const outputFormats = ['mask', 'overlay', 'npy', 'classes', 'coco', 'labelme', 'voc', 'yolo'] as const;
export type OutputFormat = (typeof outputFormats)[number];

/** The back ends that a user can choose; `auto` takes the fastest that works on this machine. */
export const backendNames = ['auto', 'cpu', 'webgpu', 'cuda', 'directml', 'coreml', 'wasm', 'tensorflow'] as const;
export type BackendName = (typeof backendNames)[number];
