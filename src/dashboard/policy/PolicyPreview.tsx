import { SegmentedControl, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyChangesInput, PolicyPageQuery } from '../api/generated/operations';
import { EmptyState } from '../common/EmptyState';
import { Section } from '../common/Section';
import { useAllows } from '../common/useAllows';
import { ChallengerPreview } from './ChallengerPreview';

interface PolicyPreviewProps {
  readonly model: NonNullable<PolicyPageQuery['model']>;
  /** The form's, where it differs from what is saved and can be saved; null otherwise. */
  readonly changes: PolicyChangesInput | null;
}

/** The form is asked about this long after the last key, so that half a number is not. */
const PAUSE_MS = 500;

/** What the policy decides for each present challenger: as it is saved, or as the form has it. */
export function PolicyPreview({ model, changes }: PolicyPreviewProps) {
  const { t } = useTranslation();
  const [source, setSource] = useState('form');
  const [settled] = useDebouncedValue(changes, PAUSE_MS);
  const allowed = useAllows('ADMIN');
  const tried = allowed && source === 'form' ? settled : null;
  return (
    <Section title={t('policyPage.preview')} hint={t('policyPage.previewHint')}>
      {model.challengers.length === 0 && (
        <EmptyState
          title={t('policyPage.noChallenger')}
          hint={t('policyPage.noChallengerHint')}
          command={`npx juara register ${model.name} --file best_model.onnx`}
        />
      )}
      {allowed && model.challengers.length > 0 && (
        <SegmentedControl
          fullWidth
          aria-label={t('policyPage.previewOf')}
          data={[
            { value: 'form', label: t('policyPage.previewForm') },
            { value: 'saved', label: t('policyPage.previewSaved', { revision: model.policy.revision }) },
          ]}
          value={source}
          onChange={setSource}
        />
      )}
      {allowed && model.challengers.length > 0 && (
        <Text size="sm" c="dimmed" role="status">
          {t(tried === null ? 'policyPage.asSaved' : 'policyPage.asForm')}
        </Text>
      )}
      {model.challengers.map(({ version }) => (
        <ChallengerPreview key={version} model={model.name} version={version} changes={tried} />
      ))}
    </Section>
  );
}
