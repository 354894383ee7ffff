import { Progress, Stack, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PredictionPartsFragment } from '../api/generated/operations';
import { NONE } from '../common/format';
import { useLanguage } from '../common/useLanguage';

type Answer = PredictionPartsFragment['tasks'][number];

interface Side {
  readonly version: string;
  /** Null: the version has no such task. */
  readonly answer: Answer | null;
}

interface TaskAnswersProps {
  readonly task: string;
  readonly base: Side;
  readonly candidate: Side;
}

/** The probabilities of one task's classes by both versions, and whether their answers differ. */
export function TaskAnswers({ task, base, candidate }: TaskAnswersProps) {
  const { t } = useTranslation();
  const names = [...new Set([base, candidate].flatMap(({ answer }) => answer?.probabilities.map((one) => one.class) ?? []))];
  const agree = base.answer?.class === candidate.answer?.class;
  return (
    <Stack gap={4} component="article" aria-label={task}>
      <Title order={3} size="h5" className="juara-break">
        {task}
      </Title>
      <Text size="sm" className="juara-break">
        {agree
          ? t('comparePage.agree', { class: base.answer?.class })
          : t('comparePage.disagree', {
              base: base.version,
              baseClass: base.answer?.class ?? NONE,
              candidate: candidate.version,
              candidateClass: candidate.answer?.class ?? NONE,
            })}
      </Text>
      <Table aria-label={t('comparePage.probabilities', { task })} verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('comparePage.class')}</Table.Th>
            <Table.Th scope="col">{base.version}</Table.Th>
            <Table.Th scope="col">{candidate.version}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {names.map((name) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" fw={400} className="juara-break">
                {name}
              </Table.Th>
              <Probability side={base} name={name} colour="gray.6" />
              <Probability side={candidate} name={name} colour="juara.6" />
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}

function Probability({ side, name, colour }: { readonly side: Side; readonly name: string; readonly colour: string }) {
  const language = useLanguage();
  const found = side.answer?.probabilities.find((one) => one.class === name);
  if (found === undefined) return <Table.Td>{NONE}</Table.Td>;
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 2 });
  const first = side.answer?.class === name;
  return (
    <Table.Td>
      <Text size="sm" fw={first ? 700 : 400}>
        {first && <span aria-hidden="true">✓ </span>}
        {percent.format(found.probability)}
      </Text>
      <Progress value={found.probability * 100} color={colour} size="sm" aria-hidden="true" role="presentation" />
    </Table.Td>
  );
}
