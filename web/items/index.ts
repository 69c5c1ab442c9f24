export { firstItem } from './ask-items.ts';
export { ItemBar } from './item-bar.tsx';
export { ModelFrame } from './model-frame.tsx';
