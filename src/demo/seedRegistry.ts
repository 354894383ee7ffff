/** A validated training event of the seed: magnitude, azimuth in degrees, and their classes. */
const EVENTS: readonly [string, string, string, number, number, string, string][] = [
  ['GTO_20260210', '2026-02-10', 'GTO', 6.2, 45, 'Large', 'NE'],
  ['SCN_20260211', '2026-02-11', 'SCN', 5.5, 180, 'Medium', 'S'],
  ['TRT_20260213', '2026-02-13', 'TRT', 0, 0, 'Normal', 'Normal'],
  ['MLB_20260212', '2026-02-12', 'MLB', 4.8, 270, 'Moderate', 'W'],
  ['KPY_20260214', '2026-02-14', 'KPY', 5.2, 90, 'Medium', 'E'],
];

/** The registry v2.0 document that the original pipeline had left on 14 February 2026; paths are relative to the document. */
export const SEED_REGISTRY = {
  registry_version: '2.0.0',
  last_updated: '2026-02-14T10:05:00.250',
  champion: {
    model_id: 'convnext_v1.0.1',
    version: '1.0.1',
    architecture: 'ConvNeXt',
    path: 'champion/best_model.onnx',
    config_path: 'champion/class_mappings.json',
    metadata_path: 'champion/metadata.json',
    deployed_at: '2026-02-09T13:00:19.864',
    metrics: { magnitude_accuracy: 97.63, azimuth_accuracy: 71.28, magnitude_f1: 96.48, azimuth_f1: 61.99, composite_score: 0.926 },
    training_data: { total_samples: 1972, events_included: [] },
    previous_version: '1.0.0',
    status: 'active',
  },
  challenger: null,
  archive: [
    {
      model_id: 'convnext_v1.0.0',
      version: '1.0.0',
      archived_at: '2026-02-09T13:00:19.864',
      path: 'archive/convnext_v1.0.0/best_model.onnx',
      metadata_path: 'archive/convnext_v1.0.0/metadata.json',
      metrics: { magnitude_accuracy: 98.36, azimuth_accuracy: 50.66, composite_score: 0.8234 },
      reason: 'Replaced by v1.0.1 (better azimuth accuracy)',
    },
  ],
  all_versions: [
    { version: '1.0.0', status: 'archived', path: 'archive/convnext_v1.0.0' },
    { version: '1.0.1', status: 'champion', path: 'champion' },
  ],
  pending_events: { count: 0, events: [], last_added: null },
  pipeline_history: { total_runs: 1, successful_updates: 1, failed_updates: 0, last_run: '2026-02-09T13:00:19.864' },
  validated_events: EVENTS.map(([event_id, date, station, magnitude, azimuth, magnitude_class, azimuth_class]) => ({
    event_id,
    date,
    station,
    spectrogram_path: `spectrograms/${event_id}.png`,
    added_at: `${date}T09:00:00.000`,
    magnitude_value: magnitude,
    azimuth_value: azimuth,
    magnitude_class,
    azimuth_class,
    magnitude,
    azimuth,
    validated_at: '2026-02-14T10:05:00.250',
  })),
};
