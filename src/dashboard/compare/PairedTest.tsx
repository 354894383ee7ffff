import { Stack, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ComparisonPartsFragment, PairedTestPartsFragment } from '../api/generated/operations';
import { number } from '../common/format';
import { useLanguage } from '../common/useLanguage';

interface PairedTestProps {
  readonly test: PairedTestPartsFragment;
  readonly comparison: ComparisonPartsFragment;
}

/** One task's test in a sentence, and the four counts that it is made from. */
export function PairedTest({ test, comparison }: PairedTestProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { bothRight, onlyBaseRight, onlyCandidateRight, bothWrong, pValue, significant } = test;
  const [base, candidate] = [comparison.base.version, comparison.candidate.version];
  const winner = onlyCandidateRight > onlyBaseRight ? candidate : base;
  const sentence = t('comparePage.testSentence', {
    differ: onlyBaseRight + onlyCandidateRight,
    all: bothRight + onlyBaseRight + onlyCandidateRight + bothWrong,
    onlyCandidate: onlyCandidateRight,
    onlyBase: onlyBaseRight,
    candidate,
    base,
  });
  const result = t(significant ? 'comparePage.significant' : 'comparePage.notSignificant', {
    winner,
    method: t(`comparePage.method.${test.method}`),
    p: pValue < 0.0001 ? `< ${number(0.0001, language)}` : `= ${number(pValue, language, 3)}`,
    level: number(comparison.level, language),
  });
  return (
    <Stack gap="xs" component="article" aria-label={test.task}>
      <Title order={3} size="h5" className="juara-break">
        <span aria-hidden="true">{significant ? '● ' : '○ '}</span>
        {test.task}
      </Title>
      <Text size="sm">
        {sentence} {result}
      </Text>
      <Table withTableBorder withColumnBorders ta="center" maw={420} aria-label={t('comparePage.testTable', { task: test.task })}>
        <Table.Thead>
          <Table.Tr>
            <Table.Td />
            <Table.Th scope="col" ta="center">
              {t('comparePage.right', { version: candidate })}
            </Table.Th>
            <Table.Th scope="col" ta="center">
              {t('comparePage.wrong', { version: candidate })}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          <Table.Tr>
            <Table.Th scope="row">{t('comparePage.right', { version: base })}</Table.Th>
            <Table.Td>{bothRight}</Table.Td>
            <Table.Td fw={700}>{onlyBaseRight}</Table.Td>
          </Table.Tr>
          <Table.Tr>
            <Table.Th scope="row">{t('comparePage.wrong', { version: base })}</Table.Th>
            <Table.Td fw={700}>{onlyCandidateRight}</Table.Td>
            <Table.Td>{bothWrong}</Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
    </Stack>
  );
}
