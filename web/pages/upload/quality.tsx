import type { Quality } from '../../api/index.ts';
import { useReading } from '../../reading/index.ts';

/** The quality report as sentences. */
export function QualityText({ report }: { readonly report: Quality }) {
  const { words, formats } = useReading();
  const { items, rows, first, last, frequency, confidence, missingShare, gaps, shortest, longest } = report;
  return (
    <ul class="plain">
      <li>{words.upload.counts(formats.whole(items), formats.whole(rows), first, last)}</li>
      <li>
        {confidence === null
          ? words.upload.rhythmGiven(frequency)
          : words.upload.rhythm(frequency, formats.share(confidence))}
      </li>
      <li>
        {missingShare === 0
          ? words.upload.complete
          : words.upload.missing(formats.share(missingShare), formats.whole(gaps))}
      </li>
      <li>{words.upload.lengths(formats.whole(shortest.periods), formats.whole(longest.periods))}</li>
    </ul>
  );
}
