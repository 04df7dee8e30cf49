#!/usr/bin/env node
// from Node 22.8 on: compiled code is kept in the user's cache; where there is none to write to, this does nothing
require("node:module").enableCompileCache?.();
require("../dist/cli/entry.cjs");
