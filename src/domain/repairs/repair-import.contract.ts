// A row of an old list that can't be taken: where it stands, what was read, and a code for what was expected.
export type RepairRejection = {
  sheet: string;
  row: number;
  column: string;
  code: 'required' | 'not_a_time' | 'formula' | 'cell_error' | 'duplicate' | 'no_known_header';
  read: string;
  facts?: Record<string, string | number>;
};
