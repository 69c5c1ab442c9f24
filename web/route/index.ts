export { go, hrefOf, type Route, routeOf, useRoute } from './route.ts';
