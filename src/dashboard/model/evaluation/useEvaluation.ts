import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import { EvaluationNowDocument, type EvaluationPartsFragment } from '../../api/generated/operations';

const EVERY_MS = 1_000;

/** The evaluation as it goes on, until it has ended or the component is gone; undefined until it is known. */
export function useEvaluation(id: string): EvaluationPartsFragment | undefined {
  const client = useClient();
  const [evaluation, setEvaluation] = useState<EvaluationPartsFragment>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    const look = async (): Promise<void> => {
      const { data } = await client.query(EvaluationNowDocument, { id }, { requestPolicy: 'network-only' }).toPromise();
      if (gone) return;
      const found = data?.evaluation ?? undefined;
      if (found !== undefined) setEvaluation(found);
      if (found === undefined || isUnderWay(found)) timer = setTimeout(() => void look(), EVERY_MS);
    };
    void look();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [client, id]);
  return evaluation;
}

export function isUnderWay({ status }: Pick<EvaluationPartsFragment, 'status'>): boolean {
  return status === 'QUEUED' || status === 'RUNNING';
}
