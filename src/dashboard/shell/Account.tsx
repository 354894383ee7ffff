import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { ViewerDocument } from '../api/generated/operations';
import { storedToken, storeToken } from '../api/session';

/** Who is looking, and a way to become somebody else. A change of token starts the page anew: nothing of the old one stays. */
export function Account() {
  const { t } = useTranslation();
  const [{ data, error }] = useQuery({ query: ViewerDocument });
  const [opened, { open, close }] = useDisclosure();
  const signedIn = storedToken() !== null;
  return (
    <Group gap="xs" wrap="nowrap">
      <Text size="sm" visibleFrom="md" data-testid="viewer">
        {data === undefined ? (error === undefined ? '' : t('account.nobody')) : `${data.viewer.name} (${data.viewer.role})`}
      </Text>
      {signedIn ? (
        <Button size="xs" variant="default" onClick={() => use(null)}>
          {t('account.signOut')}
        </Button>
      ) : (
        <Button size="xs" onClick={open}>
          {t('account.signIn')}
        </Button>
      )}
      <Modal opened={opened} onClose={close} title={t('account.signIn')} closeButtonProps={{ 'aria-label': t('close') }}>
        <TokenForm />
      </Modal>
    </Group>
  );
}

function TokenForm() {
  const { t } = useTranslation();
  const [token, setToken] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (token.trim() !== '') use(token.trim());
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <PasswordInput
          label={t('account.token')}
          description={t('account.tokenHint')}
          value={token}
          onChange={(event) => setToken(event.currentTarget.value)}
          autoComplete="off"
          data-autofocus
          visibilityToggleButtonProps={{ 'aria-label': t('account.show') }}
        />
        <Button type="submit">{t('account.signIn')}</Button>
      </Stack>
    </form>
  );
}

function use(token: string | null): void {
  storeToken(token);
  location.reload();
}
