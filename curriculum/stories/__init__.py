"""What if: branching situations with choices and consequences, and how a class chose, without persons."""
