import { reasonOf } from '../../../mask/errors';
import { WriteError } from '../../../files/writeError';
import { ModelError } from '../engine/adaptation/prediction/adaptedModel';
import { PlaceError, type PlaceProblem } from '../storage/photoPlace';

/** Something that a machine lacks for all photos of a job, such as a back end. */
export class MachineError extends Error {}

/** Problems of a place that are about one photo. */
const ofPhotos: readonly PlaceProblem[] = ['gone', 'unusable', 'changed'];

/** Codes of the operating system that are about a disk, not about a file on it. */
const ofDisks = ['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'ENXIO', 'ENODEV', 'ESTALE', 'EHOSTDOWN', 'ETIMEDOUT'];
const ofProcesses = ['EMFILE', 'ENFILE', 'ENOMEM'];

/**
 * The reason, a sentence, when an error says something about this machine and nothing about the photo: then the photo
 * is left for another machine, or for later. Undefined for all other errors.
 */
export function troubleOf(error: unknown): string | undefined {
  if (error instanceof PlaceError) return ofPhotos.includes(error.problem) ? undefined : error.message;
  if (error instanceof WriteError)
    return [...ofDisks, ...ofProcesses].includes(error.code ?? '') ? error.message : undefined;
  return error instanceof ModelError || error instanceof MachineError ? reasonOf(error) : undefined;
}
