import { ScrollArea, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ConfusionPartsFragment } from '../api/generated/operations';
import { useLanguage } from '../common/useLanguage';
import classes from './ConfusionMatrix.module.css';

interface ConfusionMatrixProps {
  readonly version: string;
  readonly matrix: ConfusionPartsFragment;
}

/** Rows are true classes, columns predicted ones; each cell has its count, its share of the row, and a shade by that share. */
export function ConfusionMatrix({ version, matrix }: ConfusionMatrixProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const title = t('comparePage.confusionOf', { version, task: matrix.task });
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
  return (
    <ScrollArea viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': title }}>
      <Table className={classes.matrix} captionSide="top" withTableBorder withColumnBorders>
        <Table.Caption>
          {version} – {t('comparePage.trueByPredicted')}
        </Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Td />
            {matrix.classes.map((name) => (
              <Table.Th key={name} scope="col">
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {matrix.counts.map((row, actual) => {
            const total = row.reduce((sum, count) => sum + count, 0);
            return (
              <Table.Tr key={matrix.classes[actual]}>
                <Table.Th scope="row">{matrix.classes[actual]}</Table.Th>
                {row.map((count, predicted) => {
                  const share = total === 0 ? 0 : count / total;
                  return (
                    <Table.Td
                      key={matrix.classes[predicted]}
                      className={actual === predicted ? classes.right : classes.wrong}
                      style={{ '--share': `${Math.round(share * 100)}%` }}
                      data-empty={count === 0 || undefined}
                    >
                      {count}
                      {count > 0 && (
                        <Text component="span" className={classes.share}>
                          {percent.format(share)}
                        </Text>
                      )}
                    </Table.Td>
                  );
                })}
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  );
}
