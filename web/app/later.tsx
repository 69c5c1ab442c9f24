import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Busy, Problem } from '../parts/index.ts';

/** A part of the page whose code is loaded when it is first shown. */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | null = null;
  return (props: P): JSX.Element => {
    const [, setLoaded] = useState(loaded !== null);
    const [error, setError] = useState<unknown>(null);
    useEffect(() => {
      if (loaded) return;
      load().then((component) => {
        loaded = component;
        setLoaded(true);
      }, setError);
    }, []);
    if (error) return <Problem error={error} />;
    const Loaded = loaded;
    return Loaded ? <Loaded {...props} /> : <Busy />;
  };
}
