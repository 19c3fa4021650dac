import { memo } from 'react';
import type { StationName } from '../contracts/link.ts';
import { useLabParts } from '../stations/useLab.ts';
import { CloseIcon, IconButton, PauseIcon } from '../ui/controls/index.ts';
import { PAGE_TITLES } from './headlines.ts';

interface WorkButtonsProps {
  station: StationName;
  canPause: boolean;
}

/** Pauses and ends what runs at a station, from whichever station one is at. */
export const WorkButtons = memo(function WorkButtons({ station, canPause }: WorkButtonsProps) {
  const { pauseStation, cancelStation } = useLabParts((lab) => ({
    pauseStation: lab.pauseStation,
    cancelStation: lab.cancelStation,
  }));
  const title = PAGE_TITLES[station];
  return (
    <>
      {canPause && (
        <IconButton
          label={`Pause ${title}`}
          icon={<PauseIcon />}
          variant="quiet"
          onPress={() => pauseStation(station)}
        />
      )}
      <IconButton
        label={`Cancel ${title}`}
        icon={<CloseIcon />}
        variant="quiet"
        onPress={() => cancelStation(station)}
      />
    </>
  );
});
