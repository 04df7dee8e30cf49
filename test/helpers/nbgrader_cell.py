"""Runs the cell in the file named after the notebook's code on standard input; prints its last expression last, as a kernel shows it."""

import ast
import sys

notebook = {}
exec(sys.stdin.read(), notebook)
with open(sys.argv[1], encoding="utf-8") as file:
    cell = ast.parse(file.read())
last = cell.body.pop()
exec(compile(cell, "cell", "exec"), notebook)
print(repr(eval(compile(ast.Expression(last.value), "cell", "eval"), notebook)))
