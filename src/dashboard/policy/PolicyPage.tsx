import { Title } from '@mantine/core';

export function PolicyPage({ model }: { readonly model: string }) {
  return <Title order={1}>{model}</Title>;
}
