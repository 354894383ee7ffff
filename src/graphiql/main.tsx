import 'graphiql/style.css';
import './page.css';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { OPERATIONS } from './operations';
import { takeToken } from './signIn';

const token = takeToken(window);
const headers: Record<string, string> = token === null ? {} : { Authorization: `Bearer ${token}` };
const url = new URL('/graphql', window.location.href);
const socket = new URL(url);
socket.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';

// What stands in the headers editor goes out as headers on HTTP and as connectionParams on the WebSocket: one token serves both.
const fetcher = createGraphiQLFetcher({
  url: url.href,
  subscriptionUrl: socket.href,
  headers,
  wsConnectionParams: headers,
  enableIncrementalDelivery: false,
});

function Hint() {
  const example = '{ "Authorization": "Bearer juara_..." }';
  return (
    <p className="hint">
      {token === null ? 'No token: reading only, on the machine of the server.' : 'Signed in with the token of the link.'} Another token
      goes into Headers: <code>{example}</code>
    </p>
  );
}

const place = document.getElementById('graphiql');
if (place !== null) {
  createRoot(place).render(
    <GraphiQL fetcher={fetcher} defaultTabs={[...OPERATIONS]} defaultEditorToolsVisibility="variables" shouldPersistHeaders={false}>
      <GraphiQL.Logo>Juara</GraphiQL.Logo>
      <GraphiQL.Footer>
        <Hint />
      </GraphiQL.Footer>
    </GraphiQL>,
  );
}
