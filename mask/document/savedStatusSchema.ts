import * as z from 'zod';
import { maskStatuses } from './maskStatus';

/** The schema of `status` in a mask's sidecar. */
export const savedStatusSchema = z.enum(maskStatuses).exclude(['none']);
