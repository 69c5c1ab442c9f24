import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Formats } from '../format/index.ts';
import type { Words } from '../words/index.ts';
import type { Theme } from './preferences.ts';

/** How the page is read: in which language, with which numbers, in which colours. */
export interface Reading {
  readonly words: Words;
  readonly formats: Formats;
  readonly theme: Theme;
}

export const ReadingContext = createContext<Reading | null>(null);

export function useReading(): Reading {
  const reading = useContext(ReadingContext);
  if (!reading) throw new Error('useReading is for parts of the page that a ReadingContext surrounds');
  return reading;
}
