#!/usr/bin/env node
// first, so that what follows is compiled once and not at every start
require("../dist/cli/compile-cache.cjs").enableCompileCache();
require("../dist/cli/entry.cjs");
