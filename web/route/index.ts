export { go, hrefOf, type Route, useRoute } from './route.ts';
