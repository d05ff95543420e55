import type * as z from 'zod';

/** Gives a setting the description that completion, hover and the JSON schema show. */
export const describe = <T extends z.ZodType>(setting: T, description: string) => setting.meta({ description });
