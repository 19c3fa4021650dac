import { IconButton, NextIcon, PreviousIcon } from '../../ui/controls/index.ts';
import { formatCount } from '../../ui/format.ts';

interface PagesProps {
  /** What is divided into pages: "1,200 columns". */
  words: string;
  /** From 0. */
  page: number;
  pages: number;
  onChange: (page: number) => void;
}

/** Where one is in a long table, and the way on. */
export function Pages({ words, page, pages, onChange }: PagesProps) {
  return (
    <div className="pages">
      <p role="status">
        {words}
        {pages > 1 && ` · page ${formatCount(page + 1)} of ${formatCount(pages)}`}
      </p>
      {pages > 1 && (
        <>
          <IconButton
            label="Previous page"
            icon={<PreviousIcon />}
            isDisabled={page === 0}
            onPress={() => onChange(page - 1)}
          />
          <IconButton
            label="Next page"
            icon={<NextIcon />}
            isDisabled={page === pages - 1}
            onPress={() => onChange(page + 1)}
          />
        </>
      )}
    </div>
  );
}
