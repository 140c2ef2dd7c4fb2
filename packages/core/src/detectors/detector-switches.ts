/** The detectors that can be left out, each by itself. */
export const DETECTOR_IDS = ['repetition', 'garbled', 'json', 'schema', 'language', 'length'] as const;
export type DetectorId = (typeof DETECTOR_IDS)[number];

/** Which detectors watch an answer. `schema` reads what `json` reads: without `json` it sees nothing. */
export type DetectorSwitches = Readonly<Record<DetectorId, boolean>>;
