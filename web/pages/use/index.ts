export { UsePage } from './use-page.tsx';
