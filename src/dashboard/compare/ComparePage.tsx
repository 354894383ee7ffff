import { Title } from '@mantine/core';

export function ComparePage({ model }: { readonly model: string }) {
  return <Title order={1}>{model}</Title>;
}
