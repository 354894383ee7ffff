import { Button, Text, Timeline } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ReignsDocument } from '../../api/generated/operations';
import { Loading } from '../../common/Loading';
import { ProblemAlert } from '../../common/ProblemAlert';
import { Section } from '../../common/Section';
import { useLiveQuery } from '../../common/useLiveQuery';
import { ReignLine } from './ReignLine';

const PAGE = 6;

/** Who was champion when, newest first, and what began each reign. */
export function ReignTimeline({ model }: { readonly model: string }) {
  const { t } = useTranslation();
  const [first, setFirst] = useState(PAGE);
  const { data, problem, refresh } = useLiveQuery({ query: ReignsDocument, variables: { model, first }, model });
  const reigns = data?.model?.reigns;
  return (
    <Section title={t('modelPage.reigns.title')}>
      <ProblemAlert problem={problem} onRetry={refresh} />
      {reigns === undefined && problem === null && <Loading />}
      {reigns?.nodes.length === 0 && <Text c="dimmed">{t('modelPage.champion.none')}</Text>}
      {reigns !== undefined && reigns.nodes.length > 0 && (
        <Timeline active={reigns.nodes[0]?.until === null ? 0 : -1} bulletSize={16} lineWidth={2}>
          {reigns.nodes.map((reign) => (
            <Timeline.Item key={reign.event.seq} title={reign.version.version}>
              <ReignLine reign={reign} />
            </Timeline.Item>
          ))}
        </Timeline>
      )}
      {reigns?.pageInfo.hasNextPage === true && (
        <Button variant="default" size="xs" onClick={() => setFirst(first + PAGE)} style={{ alignSelf: 'flex-start' }}>
          {t('more')}
        </Button>
      )}
    </Section>
  );
}
