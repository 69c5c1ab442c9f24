import { render } from 'preact';
import '../style/index.css';
import type { Report } from './report-data.ts';
import { ReportPage } from './report-page.tsx';

const [data, place] = ['report', 'app'].map((id) => document.getElementById(id));
if (!data || !place) throw new Error('a report must have its data and a place for the page');
render(<ReportPage report={JSON.parse(data.textContent ?? '') as Report} />, place);
