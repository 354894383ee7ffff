"""A dashboard's question: every model with its champion, its challengers and its latest changes of champion, in one request.

Needs nothing but Python's standard library. JUARA_URL and JUARA_TOKEN say where and as whom.
"""

import json
import os
import sys
import urllib.error
import urllib.request

URL = os.environ.get("JUARA_URL", "http://127.0.0.1:4000")
TOKEN = os.environ.get("JUARA_TOKEN")

DASHBOARD = """query Dashboard {
  registrySummary { models versions archiveCount }
  models(first: 50) {
    nodes {
      name
      champion { version deployedAt metrics { name value unit } }
      challengers { version }
      reigns(first: 5) { nodes { version { version } from until } }
      trainingReadiness { ready validated required }
    }
  }
}"""


def query(document, **variables):
    headers = {"content-type": "application/json"}
    if TOKEN:
        headers["authorization"] = f"Bearer {TOKEN}"
    body = json.dumps({"query": document, "variables": variables}).encode()
    request = urllib.request.Request(f"{URL}/graphql", body, headers)
    try:
        with urllib.request.urlopen(request) as response:
            answer = json.load(response)
    except urllib.error.HTTPError as error:  # a refusal has a body that says why
        answer = json.load(error)
    if answer.get("errors"):
        sys.exit("\n".join(f"{e['extensions']['code']}: {e['message']}" for e in answer["errors"]))
    return answer["data"]


data = query(DASHBOARD)
summary = data["registrySummary"]
print(f"{summary['models']} models, {summary['versions']} versions, {summary['archiveCount']} in the archive")
for model in data["models"]["nodes"]:
    champion = model["champion"]
    print(f"\n{model['name']}: " + (f"champion {champion['version']} since {champion['deployedAt']}" if champion else "no champion yet"))
    for metric in champion["metrics"] if champion else []:
        print(f"  {metric['name']} = {metric['value']}{' %' if metric['unit'] == 'PERCENT' else ''}")
    print("  challengers:", ", ".join(c["version"] for c in model["challengers"]) or "none")
    for reign in model["reigns"]["nodes"]:
        print(f"  reign of {reign['version']['version']}: {reign['from']} to {reign['until'] or 'now'}")
    training = model["trainingReadiness"]
    print(f"  training: {training['validated']} of {training['required']} validated events{', due' if training['ready'] else ''}")
