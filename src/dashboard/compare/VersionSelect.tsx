import { Group, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { VersionChoicesDocument, type VersionStatus } from '../api/generated/operations';
import { StatusBadge } from '../common/StatusBadge';
import { useLiveQuery } from '../common/useLiveQuery';

/** Versions that are offered at once; typing finds the others. */
const OFFERED = 20;

interface VersionSelectProps {
  readonly model: string;
  readonly label: string;
  readonly value: string;
  readonly onChange: (version: string) => void;
}

/** Any version of the model; what is typed is looked for on the server. */
export function VersionSelect({ model, label, value, onChange }: VersionSelectProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [settled] = useDebouncedValue(typed.trim(), 200);
  // The field holds the version that is chosen until somebody types.
  const text = settled === value ? '' : settled;
  const { data } = useLiveQuery({
    query: VersionChoicesDocument,
    variables: { model, filter: text === '' ? null : { text }, first: OFFERED },
    model,
  });
  const found = new Map(data?.versions.nodes.map(({ version, status }) => [version, status]) ?? []);
  return (
    <Select
      label={label}
      data={[...new Set([value, ...found.keys()])]}
      value={value}
      onChange={(version) => version !== null && onChange(version)}
      searchable
      onSearchChange={setTyped}
      filter={({ options }) => options.filter((option) => 'value' in option && found.has(option.value))}
      renderOption={({ option }) => <VersionOption version={option.value} status={found.get(option.value)} />}
      nothingFoundMessage={t('comparePage.noSuchVersion')}
      allowDeselect={false}
      w={{ base: '100%', xs: 240 }}
    />
  );
}

function VersionOption({ version, status }: { readonly version: string; readonly status: VersionStatus | undefined }) {
  return (
    <Group justify="space-between" flex={1}>
      {version}
      {status !== undefined && <StatusBadge status={status} />}
    </Group>
  );
}
