import { Anchor, AppShell, Box, Burger, Group, NavLink, ScrollArea, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { ModelNamesDocument } from '../api/generated/operations';
import { useLiveQuery } from '../common/useLiveQuery';
import { Account } from './Account';
import { ColourSchemeSwitch } from './ColourSchemeSwitch';
import { ConnectionState } from './ConnectionState';
import { LanguageSwitch } from './LanguageSwitch';

/** Models in the menu; the overview finds the others. */
const MODELS_IN_MENU = 30;

export function Shell({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure();
  return (
    <AppShell header={{ height: 56 }} navbar={{ width: 230, breakpoint: 'sm', collapsed: { mobile: !opened } }} padding="md">
      <Anchor href="#main" className="juara-skip" onClick={focusMain}>
        {t('skip')}
      </Anchor>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t('nav.menu')} />
            <Anchor component={Link} href="/" fw={700} fz="lg" underline="never" c="var(--mantine-color-text)">
              Juara
            </Anchor>
            <ConnectionState />
          </Group>
          <Group gap="xs" wrap="nowrap">
            <Box visibleFrom="sm">
              <LanguageSwitch />
            </Box>
            <ColourSchemeSwitch />
            <Account />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={t('nav.menu')}>
        <ScrollArea>
          <Menu onGo={close} />
          <Box hiddenFrom="sm" p="xs">
            <LanguageSwitch />
          </Box>
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1}>
        {children}
      </AppShell.Main>
    </AppShell>
  );
}

function focusMain(event: { preventDefault(): void }): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

function Menu({ onGo }: { readonly onGo: () => void }) {
  const { t } = useTranslation();
  const [location] = useLocation();
  const { data } = useLiveQuery({ query: ModelNamesDocument, variables: { first: MODELS_IN_MENU } });
  const link = (href: string, label: string) => (
    <NavLink key={href} component={Link} href={href} label={label} active={location === href} onClick={onGo} />
  );
  const models = data?.models.nodes ?? [];
  return (
    <>
      {link('/', t('nav.overview'))}
      {models.map(({ name }) => (
        <NavLink
          key={name}
          label={<Text truncate>{name}</Text>}
          defaultOpened={models.length === 1}
          opened={within(location, name) || undefined}
        >
          {link(pathOf(name), t('nav.model'))}
          {link(`${pathOf(name)}/compare`, t('nav.compare'))}
          {link(`${pathOf(name)}/training`, t('nav.training'))}
          {link(`${pathOf(name)}/policy`, t('nav.policy'))}
        </NavLink>
      ))}
      {link('/audit', t('nav.audit'))}
    </>
  );
}

function pathOf(model: string): string {
  return `/models/${encodeURIComponent(model)}`;
}

function within(location: string, model: string): boolean {
  return location === pathOf(model) || location.startsWith(`${pathOf(model)}/`);
}
