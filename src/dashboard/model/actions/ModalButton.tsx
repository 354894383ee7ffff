import type { Role } from '../../api/generated/operations';
import { AllowedButton } from '../../common/AllowedButton';
import { type Dialogue, useDialogue } from './useDialogue';

interface ModalButtonProps extends Dialogue {
  readonly label: string;
  readonly takes: Role;
  readonly primary?: boolean;
}

/** A button that opens its dialogue, for whoever may do what it is for. */
export function ModalButton({ label, takes, primary = false, ...dialogue }: ModalButtonProps) {
  const open = useDialogue();
  return (
    <AllowedButton takes={takes} size="xs" variant={primary ? 'filled' : 'default'} onClick={() => open(dialogue)}>
      {label}
    </AllowedButton>
  );
}
