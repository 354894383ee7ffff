// A dashboard's question: every model with its champion, its challengers and its latest changes of champion, in one request.
// Needs nothing but Node >= 20. JUARA_URL and JUARA_TOKEN say where and as whom.

const url = process.env.JUARA_URL ?? 'http://127.0.0.1:4000';
const token = process.env.JUARA_TOKEN;

const DASHBOARD = `query Dashboard {
  registrySummary { models versions archiveCount validatedEventsCount totalRuns successfulUpdates }
  models(first: 50) {
    nodes {
      name
      champion { version deployedAt metrics { name value unit } }
      challengers { version createdAt }
      reigns(first: 5) { nodes { version { version } from until } }
      trainingReadiness { ready validated required }
    }
  }
}`;

async function query(document, variables = {}) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({ query: document, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(errors.map((e) => `${e.extensions?.code}: ${e.message}`).join('\n'));
  return data;
}

const { registrySummary: summary, models } = await query(DASHBOARD);
console.log(`${summary.models} models, ${summary.versions} versions, ${summary.archiveCount} in the archive`);
for (const model of models.nodes) {
  const { champion, challengers, reigns, trainingReadiness: training } = model;
  console.log(`\n${model.name}: ${champion ? `champion ${champion.version} since ${champion.deployedAt}` : 'no champion yet'}`);
  for (const metric of champion?.metrics ?? []) console.log(`  ${metric.name} = ${metric.value}${metric.unit === 'PERCENT' ? ' %' : ''}`);
  console.log(`  challengers: ${challengers.map((c) => c.version).join(', ') || 'none'}`);
  for (const reign of reigns.nodes) console.log(`  reign of ${reign.version.version}: ${reign.from} to ${reign.until ?? 'now'}`);
  console.log(`  training: ${training.validated} of ${training.required} validated events${training.ready ? ', due' : ''}`);
}
