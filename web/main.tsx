import { render } from 'preact';
import { App } from './app/index.ts';
import './style/index.css';

const place = document.getElementById('app');
if (!place) throw new Error('index.html has no place for the page');
render(<App />, place);
