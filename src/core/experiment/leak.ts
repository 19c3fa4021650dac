/** A leak: features from which the target can be read off. */
export interface Leak {
  /** Features by name. */
  columns: string[];
  /** On the test records; of classes that of their indicators. */
  r2: number;
  isExact: boolean;
  /**
   * value: a linear model of them gives the target; order: they order the records as the target does; classes: their
   * values, or a threshold on them, tell the classes apart.
   */
  how: 'value' | 'order' | 'classes';
}

/** R² from which a target is given. */
export const GIVEN = 0.9999;
/** 1 − R² below which it is given exactly: what rounding leaves. */
export const ROUNDING = 1e-9;
