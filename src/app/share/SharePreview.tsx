import { useState } from 'react';
import { Button } from '../../ui/controls/index.ts';

interface SharePreviewProps {
  address: string;
  /** Of the frame in the other page, in pixels. */
  height: number;
}

/**
 * The embed as it comes to look, at half its size. It is the lab once more, which opens the dataset anew: so it waits for
 * a press, and stays as it is while something else is chosen.
 */
export function SharePreview({ address, height }: SharePreviewProps) {
  const [shown, setShown] = useState<string | null>(null);
  return (
    <div className="share-preview">
      <Button isDisabled={shown === address} onPress={() => setShown(address)}>
        {shown === null || shown === address ? 'Show a preview' : 'Show it as it is now'}
      </Button>
      {shown !== null && (
        <div className="share-frame" style={{ height: height / 2 }}>
          <iframe key={shown} title="Preview" src={shown} />
        </div>
      )}
    </div>
  );
}
