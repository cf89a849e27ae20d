"""The passes of policy over the findings of a contract (DESIGN section 5).

Each module is one pass: a pure function from findings to findings that says in the decision trail what it changed and why.
"""
