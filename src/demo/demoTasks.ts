/** A task as `createModel` takes it. */
export interface DemoTask {
  readonly name: string;
  readonly classes: readonly string[];
  readonly negativeClass: string;
  readonly criticalClasses: readonly string[];
  readonly bins: readonly { readonly class: string; readonly min: number | null; readonly max: number | null }[];
}

/** Moment magnitude of the earthquake that a precursor points to. */
export const MAGNITUDE: DemoTask = {
  name: 'magnitude',
  classes: ['Large', 'Medium', 'Moderate', 'Normal'],
  negativeClass: 'Normal',
  criticalClasses: ['Large'],
  bins: [
    { class: 'Normal', min: null, max: 4 },
    { class: 'Moderate', min: 4, max: 5 },
    { class: 'Medium', min: 5, max: 6 },
    { class: 'Large', min: 6, max: null },
  ],
};

/** The eight sectors of the compass, clockwise from north. */
export const COMPASS = ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'] as const;

/** Direction of its source from the station, in degrees clockwise from north; each sector is 45 degrees wide. */
export const AZIMUTH: DemoTask = {
  name: 'azimuth',
  classes: [...COMPASS, 'Normal'],
  negativeClass: 'Normal',
  criticalClasses: [],
  bins: [
    { class: 'N', min: 0, max: 22.5 },
    ...COMPASS.slice(1).map((name, i) => ({ class: name, min: 22.5 + 45 * i, max: 67.5 + 45 * i })),
    { class: 'N', min: 337.5, max: 360 },
  ],
};

export const DEMO_TASKS: readonly DemoTask[] = [MAGNITUDE, AZIMUTH];
