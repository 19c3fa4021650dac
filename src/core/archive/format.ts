/** Version of the container and of the sections listed in sections.ts, as an archive's header says it. */
export const FORMAT_VERSION = 1;
