import { Anchor, Badge, Card, Group, Progress, Stack, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { MetricPartsFragment, ModelCardFragment } from '../api/generated/operations';
import { Difference } from '../common/Difference';
import { metricValue, time } from '../common/format';
import { useLanguage } from '../common/useLanguage';

/** Metrics that fit on a card. */
const HEADLINES = 4;

export function ModelCard({ model }: { readonly model: ModelCardFragment }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { champion } = model;
  const path = `/models/${encodeURIComponent(model.name)}`;
  return (
    <Card withBorder component="article" aria-label={model.name}>
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap">
          <Title order={2} size="h4" className="juara-break">
            <Anchor component={Link} href={path} inherit>
              {model.name}
            </Anchor>
          </Title>
          {champion !== null && <Badge variant="light">{champion.version}</Badge>}
        </Group>
        {champion === null ? (
          <Text c="dimmed">{t('overview.noChampion')}</Text>
        ) : (
          <Text size="sm" c="dimmed">
            {t('overview.since', { time: time(champion.deployedAt, language) })}
          </Text>
        )}
        <Headlines model={model} />
        <Waiting model={model} path={path} />
      </Stack>
    </Card>
  );
}

/** The champion's first metrics, each with its change against the champion before. */
function Headlines({ model }: { readonly model: ModelCardFragment }) {
  const language = useLanguage();
  const metrics = headlines(model.champion?.metrics ?? [], model.tasks);
  const before = model.previous.nodes[1]?.version.metrics ?? [];
  if (metrics.length === 0) return null;
  return (
    <Table withRowBorders={false} verticalSpacing={2} horizontalSpacing={4}>
      <Table.Tbody>
        {metrics.map((metric) => (
          <Table.Tr key={metric.name}>
            <Table.Th scope="row" fw={400} className="juara-break">
              {metric.name}
            </Table.Th>
            <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
              {metricValue(metric, language)}
            </Table.Td>
            <Table.Td ta="right">
              <Difference base={before.find((m) => m.name === metric.name) ?? null} candidate={metric} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** Accuracy and macro F1 of each task before everything else; one of each name, what was measured before what was reported. */
function headlines(metrics: readonly MetricPartsFragment[], tasks: ModelCardFragment['tasks']): readonly MetricPartsFragment[] {
  const wanted = tasks.flatMap(({ name }) => [`${name}_accuracy`, `${name}_f1`]);
  const byName = new Map(metrics.toReversed().map((metric) => [metric.name, metric]));
  const first = wanted.flatMap((name) => byName.get(name) ?? []);
  const others = [...byName.values()].toReversed().filter(({ name }) => !wanted.includes(name));
  return [...first, ...others].slice(0, HEADLINES);
}

function Waiting({ model, path }: { readonly model: ModelCardFragment; readonly path: string }) {
  const { t } = useTranslation();
  const { validated, required, ready } = model.trainingReadiness;
  const training = t('overview.training', { validated, required });
  return (
    <>
      <Group gap="xs">
        {model.challengers.length > 0 && (
          <Badge component={Link} href={path} color="blue" variant="light" style={{ cursor: 'pointer' }}>
            {t('overview.challengers', { count: model.challengers.length })}
          </Badge>
        )}
        {ready && (
          <Badge color="orange" variant="light">
            {t('overview.trainingDue')}
          </Badge>
        )}
      </Group>
      <Anchor component={Link} href={`${path}/training`} size="sm">
        {training}
      </Anchor>
      <Progress value={required === 0 ? 100 : Math.min(100, (100 * validated) / required)} aria-label={training} />
    </>
  );
}
