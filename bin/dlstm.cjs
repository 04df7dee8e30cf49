#!/usr/bin/env node
require("../dist/cli/start.cjs").start((context) => require("../dist/cli/entry.cjs").run(context));
