import { Title } from '@mantine/core';

export function TrainingPage({ model }: { readonly model: string }) {
  return <Title order={1}>{model}</Title>;
}
