import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { lazy, Suspense, useState } from 'react';
import { Provider } from 'urql';
import { Route, Router, Switch } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { createUrqlClient } from './api/createUrqlClient';
import { Loading } from './common/Loading';
import { FeedProvider } from './live/FeedContext';
import { Overview } from './overview/Overview';
import { NotFound } from './shell/NotFound';
import { Shell } from './shell/Shell';
import { cssVariables, theme } from './theme';

/** Pages beyond the first are loaded when somebody goes there. */
const ModelPage = lazy(async () => ({ default: (await import('./model/ModelPage')).ModelPage }));
const ComparePage = lazy(async () => ({ default: (await import('./compare/ComparePage')).ComparePage }));
const TrainingPage = lazy(async () => ({ default: (await import('./training/TrainingPage')).TrainingPage }));
const PolicyPage = lazy(async () => ({ default: (await import('./policy/PolicyPage')).PolicyPage }));
const AuditPage = lazy(async () => ({ default: (await import('./audit/AuditPage')).AuditPage }));

export function App() {
  const [client] = useState(createUrqlClient);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <Notifications />
      <Provider value={client}>
        <FeedProvider>
          <ModalsProvider>
            <Router hook={useHashLocation}>
              <Shell>
                <Suspense fallback={<Loading />}>
                  <Switch>
                    <Route path="/">{() => <Overview />}</Route>
                    <Route path="/models/:model">{({ model }) => <ModelPage key={model} model={decodeURIComponent(model)} />}</Route>
                    <Route<{ model: string; base?: string; candidate?: string }> path="/models/:model/compare/:base?/:candidate?">
                      {({ model, base, candidate }) => (
                        <ComparePage
                          key={model}
                          model={decodeURIComponent(model)}
                          base={base === undefined ? undefined : decodeURIComponent(base)}
                          candidate={candidate === undefined ? undefined : decodeURIComponent(candidate)}
                        />
                      )}
                    </Route>
                    <Route path="/models/:model/training">
                      {({ model }) => <TrainingPage key={model} model={decodeURIComponent(model)} />}
                    </Route>
                    <Route path="/models/:model/policy">
                      {({ model }) => <PolicyPage key={model} model={decodeURIComponent(model)} />}
                    </Route>
                    <Route path="/audit">{() => <AuditPage />}</Route>
                    <Route>{() => <NotFound />}</Route>
                  </Switch>
                </Suspense>
              </Shell>
            </Router>
          </ModalsProvider>
        </FeedProvider>
      </Provider>
    </MantineProvider>
  );
}
