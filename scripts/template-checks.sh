#!/usr/bin/env bash
# Runs cfn-lint and checkov on the templates of several settings; nothing is bundled or deployed.
set -euo pipefail
cd "$(dirname "$0")/.."

python="$(bash scripts/python-env.sh template)"
tools="$(dirname "$python")"
out=.cache/templates
rm -rf "$out"

# NAME CONTEXT: synthesises one template.
template() {
  CDK_OUTDIR="$out/$1" CDK_CONTEXT_JSON="{\"aws:cdk:bundling-stacks\":[],$2}" node --import tsx infra/app.ts
}
template default '"name":"Tidecast"'
template iam '"authentication":"iam","architecture":"arm64","email":"someone@example.com"'
template jwt '"authentication":"jwt","jwtIssuer":"https://issuer.example","jwtAudience":"tidecast","retention":"delete","keyArn":"arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-0000-0000-000000000000"'

status=0
# W3005: the CDK states dependencies that follow from references as well.
"$tools/cfn-lint" --ignore-checks W3005 -- "$out"/*/*.template.json || status=1
"$tools/checkov" --config-file test/template/checkov.yaml --file "$out"/*/*.template.json || status=1
[ "$status" -eq 0 ] && echo 'cfn-lint and checkov found nothing that is not explained'
exit "$status"
