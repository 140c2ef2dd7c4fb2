/** `3:20`, in minutes and seconds; a dash where there is none. */
export const delay = (seconds: number | undefined): string =>
  seconds === undefined ? '–' : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

export const percent = (share: number): string => `${Number((share * 100).toPrecision(3))} %`;

export const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;

/** How many of a unit a time is. */
export const howMany = (milliseconds: number, unit: number): string => String(milliseconds / unit);
