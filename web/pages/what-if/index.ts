export { WhatIfPage } from './what-if-page.tsx';
