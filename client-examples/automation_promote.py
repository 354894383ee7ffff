"""A pipeline's last step: upload a trained model, register it as a challenger, and ask for its promotion. The policy decides.

Usage: python automation_promote.py [model] [best_model.onnx]     Without a file it registers a version that has metrics only.
Needs nothing but Python's standard library. JUARA_URL and JUARA_TOKEN (AUTOMATION or more; OPERATOR to create the model) say where
and as whom.
"""

import hashlib
import json
import os
import sys
import urllib.error
import urllib.request
import uuid

URL = os.environ.get("JUARA_URL", "http://127.0.0.1:4000")
TOKEN = os.environ.get("JUARA_TOKEN")
AUTHORIZATION = {"authorization": f"Bearer {TOKEN}"} if TOKEN else {}


def query(document, **variables):
    headers = {"content-type": "application/json", **AUTHORIZATION}
    body = json.dumps({"query": document, "variables": variables}, allow_nan=False).encode()
    request = urllib.request.Request(f"{URL}/graphql", body, headers)
    try:
        with urllib.request.urlopen(request) as response:
            answer = json.load(response)
    except urllib.error.HTTPError as error:  # a refusal has a body that says why
        answer = json.load(error)
    if answer.get("errors"):
        first = answer["errors"][0]
        sys.exit(f"{first['extensions']['code']}: {first['message']}")
    return answer["data"]


def upload(path):
    """A file's address is its SHA-256, so a file that the server has is not sent twice."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    address = f"{URL}/artifacts/{digest.hexdigest()}"
    try:
        urllib.request.urlopen(urllib.request.Request(address, headers=AUTHORIZATION, method="HEAD")).close()
        return digest.hexdigest()
    except urllib.error.HTTPError as error:
        if error.code != 404:
            raise
    headers = {**AUTHORIZATION, "content-type": "application/octet-stream", "content-length": str(os.path.getsize(path))}
    with open(path, "rb") as file:  # sent from the disk, piece by piece
        urllib.request.urlopen(urllib.request.Request(address, file, headers, method="PUT")).close()
    return digest.hexdigest()


model = sys.argv[1] if len(sys.argv) > 1 else "example"
weights = sys.argv[2] if len(sys.argv) > 2 else None

if query("query Model($model: String!) { model(name: $model) { name } }", model=model)["model"] is None:
    query("mutation Create($input: CreateModelInput!) { createModel(input: $input) { name } }", input={"name": model})
    print(f"created the model {model}")

files = [{"name": os.path.basename(weights), "sha256": upload(weights)}] if weights else []
for file in files:
    print(f"uploaded {file['name']} as {file['sha256']}")

version = query(
    """mutation Register($input: RegisterVersionInput!) {
      registerVersion(input: $input) { modelId version }
    }""",
    input={
        "model": model,
        "files": files,
        "architecture": "ConvNeXt",
        "metrics": [{"name": "accuracy", "value": 91.4}, {"name": "f1", "value": 90.2}],
        "notes": "registered by automation_promote.py",
        # A step that is tried again after a lost answer must not register a second version.
        "idempotencyKey": os.environ.get("PIPELINE_RUN", str(uuid.uuid4())),
    },
)["registerVersion"]
print(f"registered {version['modelId']}")

champion = query("query Champion($model: String!) { champion(model: $model) { version } }", model=model)["champion"]
promotion = {"model": model, "version": version["version"], "reason": "the pipeline finished"}
if champion:  # compare-and-set: if someone promotes another version in between, this is refused with CONFLICT
    promotion["expectedChampion"] = champion["version"]
payload = query(
    """mutation Promote($input: PromoteInput!) {
      promote(input: $input) {
        outcome
        decision { id summary rules { rule subject passed measured limit } }
      }
    }""",
    input=promotion,
)["promote"]
print(f"{payload['outcome']}: {payload['decision']['summary']}")
for rule in payload["decision"]["rules"]:
    mark = "ok    " if rule["passed"] else "FAILED"
    print(f"  {mark} {rule['rule']} {rule['subject'] or ''} measured {rule['measured']}, limit {rule['limit']}")
if payload["outcome"] == "AWAITING_APPROVAL":
    print(f"an operator can say yes: juara approve {payload['decision']['id']}")
