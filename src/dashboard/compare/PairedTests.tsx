import { SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ComparisonPartsFragment } from '../api/generated/operations';
import { Section } from '../common/Section';
import { PairedTest } from './PairedTest';

/** Sample by sample: which of both versions was right. Nothing where nothing was measured. */
export function PairedTests({ comparison }: { readonly comparison: ComparisonPartsFragment }) {
  const { t } = useTranslation();
  if (comparison.tests.length === 0) return null;
  return (
    <Section title={t('comparePage.tests')} hint={t('comparePage.testsHint')}>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        {comparison.tests.map((test) => (
          <PairedTest key={test.task} test={test} comparison={comparison} />
        ))}
      </SimpleGrid>
    </Section>
  );
}
