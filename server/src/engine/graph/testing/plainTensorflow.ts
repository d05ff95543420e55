/** TensorFlow.js on its plain CPU back end, which is JavaScript: slow, and always there. */
import './quietTensorflow';
import '@tensorflow/tfjs-backend-cpu';

export * as tf from '@tensorflow/tfjs-core';
