import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { type PolicyChangesInput, type PolicyPageQuery, SetPolicyDocument } from '../api/generated/operations';
import { AllowedButton } from '../common/AllowedButton';
import { ProblemAlert } from '../common/ProblemAlert';
import { Section } from '../common/Section';
import { useAction } from '../common/useAction';
import { useAllows } from '../common/useAllows';
import { EvidenceFields } from './EvidenceFields';
import { MetricRows } from './MetricRows';
import { policyChanges } from './policyForm';
import { SwitchFields } from './SwitchFields';
import { TrainingFields } from './TrainingFields';
import { usePolicyForm } from './usePolicyForm';

interface PolicyEditorProps {
  readonly model: NonNullable<PolicyPageQuery['model']>;
  /** Called with what the form would save; null: nothing that it could. */
  readonly onChanges: (changes: PolicyChangesInput | null) => void;
}

/** The policy in force, to be read by everybody and changed by an ADMIN. */
export function PolicyEditor({ model, onChanges }: PolicyEditorProps) {
  const { t } = useTranslation();
  const { form, revision, dirty, load } = usePolicyForm(model.policy, onChanges);
  const { run, busy, problem, clear } = useAction(SetPolicyDocument);
  const allowed = useAllows('ADMIN');
  const metrics = [...new Set(model.champion?.metrics.map(({ name }) => name) ?? [])];
  const moved = model.policy.revision > revision;
  const reload = (): void => {
    clear();
    load(model.policy);
  };
  const save = form.onSubmit(async (values) => {
    const stored = await run({ input: { model: model.name, expectedRevision: revision, ...policyChanges(values) } });
    if (stored === null) return;
    load(stored.setPolicy);
    notifications.show({ message: t('policyPage.stored', { revision: stored.setPolicy.revision }) });
  });
  return (
    <Section title={t('policyPage.rules', { revision })} hint={t('policyPage.rulesHint')}>
      {!allowed && <Alert color="gray" title={t('policyPage.readOnly')} />}
      <form onSubmit={save} noValidate>
        <Stack>
          <MetricRows form={form} list="weights" value="weight" metrics={metrics} disabled={!allowed} />
          <MetricRows form={form} list="tolerances" value="maxHarm" metrics={metrics} disabled={!allowed} />
          <EvidenceFields form={form} tasks={model.tasks.map(({ name }) => name)} disabled={!allowed} />
          <SwitchFields form={form} disabled={!allowed} />
          <TrainingFields form={form} disabled={!allowed} />
        </Stack>
        <Stack mt="md">
          {moved && dirty && (
            <Alert
              color="yellow"
              role="status"
              title={t('policyPage.moved', { revision: model.policy.revision, actor: model.policy.actor })}
            >
              <Group justify="space-between">
                <Text size="sm">{t('policyPage.movedHint')}</Text>
                <Button size="xs" variant="default" onClick={reload}>
                  {t('policyPage.loadNew')}
                </Button>
              </Group>
            </Alert>
          )}
          <ProblemAlert problem={problem} />
          <Group>
            <AllowedButton takes="ADMIN" type="submit" loading={busy}>
              {t('policyPage.save')}
            </AllowedButton>
            {dirty && (
              <Button variant="default" onClick={reload}>
                {t('policyPage.undo')}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
