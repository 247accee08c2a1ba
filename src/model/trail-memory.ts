/** MiB that reading and following a log takes at most, where nothing else is asked for. */
export const usualTrailMemory = 1024;
/** MiB that it takes whatever the log. */
export const leastTrailMemory = 512;
