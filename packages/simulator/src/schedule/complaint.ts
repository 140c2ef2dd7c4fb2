/** A thing that is wrong with a schedule, and where in the file. */
export interface Complaint {
  readonly path: readonly (string | number)[];
  readonly message: string;
}
