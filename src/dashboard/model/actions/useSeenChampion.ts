import { useState } from 'react';
import { ChampionNowDocument } from '../../api/generated/operations';
import { useLiveQuery } from '../../common/useLiveQuery';

interface SeenChampion {
  /** The champion that the person decides against, sent as expectedChampion; null: there was none. */
  readonly seen: string | null;
  /** Another version is champion by now: this one; undefined: the person has seen the champion of now. */
  readonly now: string | null | undefined;
  /** The person has been told and goes on from the champion of now. */
  readonly accept: () => void;
  readonly refresh: () => void;
}

/** Keeps what the person saw when the dialogue opened apart from what is so by now, so that nobody decides on a picture that has changed. */
export function useSeenChampion(model: string, opening: string | null): SeenChampion {
  const [seen, setSeen] = useState(opening);
  const { data, refresh } = useLiveQuery({ query: ChampionNowDocument, variables: { model }, model });
  const latest = data === undefined ? seen : (data.champion?.version ?? null);
  return { seen, now: latest === seen ? undefined : latest, accept: () => setSeen(latest), refresh };
}
