/** The tabs that a first visitor finds: read, change, listen. test/e2e runs each against a server. */
export const OPERATIONS = [
  {
    query: `# Every model with its champion and the challengers that wait for a verdict.
query Registry {
  registrySummary {
    models
    versions
    archiveCount
  }
  models(first: 20) {
    nodes {
      name
      champion {
        modelId
        deployedAt
        metrics {
          name
          value
          unit
        }
      }
      challengers {
        modelId
        createdAt
      }
    }
  }
}
`,
  },
  {
    query: `# What the policy would say, then the change itself. Takes a token: Headers, below.
query Preview($model: String!, $version: SemVer!) {
  previewPromotion(model: $model, version: $version) {
    outcome
    summary
    rules {
      rule
      subject
      passed
      measured
      limit
      detail
    }
  }
}

mutation Promote($model: String!, $version: SemVer!) {
  promote(input: { model: $model, version: $version }) {
    outcome
    decision {
      summary
    }
    event {
      cursor
    }
  }
}
`,
    variables: '{ "model": "precursor", "version": "1.0.1" }',
  },
  {
    query: `# Each change of champion, in order, none left out. Give the last cursor back as \`after\` to go on where you were.
subscription Promotions($after: Cursor) {
  promotions(after: $after) {
    cursor
    seq
    type
    actor
    reason
    from {
      modelId
    }
    to {
      modelId
    }
  }
}
`,
  },
];
