import { env } from '@tensorflow/tfjs-core';

// Before its back end registers itself, which every test file's bundle does anew: no warnings of that, and checks for
// leaks.
env().set('IS_TEST', true);
