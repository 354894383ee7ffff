import { useQuery } from 'urql';
import { type Role, ViewerDocument } from '../api/generated/operations';

const LADDER: readonly Role[] = ['VIEWER', 'AUTOMATION', 'OPERATOR', 'ADMIN'];

/** Whether whoever looks at the page may do what takes `role`; false until that is known. The server has the last word. */
export function useAllows(role: Role): boolean {
  const [{ data }] = useQuery({ query: ViewerDocument });
  return data !== undefined && LADDER.indexOf(data.viewer.role) >= LADDER.indexOf(role);
}
