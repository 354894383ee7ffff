import { Button, type ButtonProps, Tooltip } from '@mantine/core';
import type { ComponentPropsWithoutRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '../api/generated/operations';
import { useAllows } from './useAllows';

type AllowedProps = ButtonProps & ComponentPropsWithoutRef<'button'> & { readonly takes: Role };

/** A button that says which role it takes to whoever has not got it. It can be reached by keyboard either way, so that the hint can be read. */
export function AllowedButton({ takes, onClick, ...props }: AllowedProps) {
  const { t } = useTranslation();
  const allowed = useAllows(takes);
  return (
    <Tooltip label={t('takesRole', { role: takes })} disabled={allowed} events={{ hover: true, focus: true, touch: true }}>
      <Button
        {...props}
        data-disabled={allowed ? undefined : true}
        aria-disabled={!allowed}
        onClick={allowed ? onClick : (event) => event.preventDefault()}
      />
    </Tooltip>
  );
}
