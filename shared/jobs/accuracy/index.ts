export { accuracyFiles } from './accuracy.ts';
