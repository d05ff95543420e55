import type { GradientCase } from './case';
import { elementwiseCases } from './elementwise';
import { lossCases } from './losses';
import { networkCases } from './networks';
import { shapingCases } from './shaping';

export const allCases: readonly GradientCase[] = [...elementwiseCases, ...shapingCases, ...networkCases, ...lossCases];
